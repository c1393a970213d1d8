package dev.carillon.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * What the ledger says about the events that were to come.
 *
 * @param expected how many were to come
 * @param missing how many did not
 * @param doubled how many came more than once
 * @param foreign deliveries of events that were never published
 * @param latencies from the event's time to its delivery in microseconds, for events made here
 */
record Verdict(int expected, int missing, int doubled, int foreign, Histogram latencies) {

    private static final long LONGEST_MICROS = 3_600_000_000L;

    /** Reads the ledger. Recorded events were made long ago, so they count, but have no latency. */
    static Verdict of(Path ledger, Collection<UUID> published, Collection<UUID> recorded) throws IOException {
        Map<UUID, Integer> deliveries = new HashMap<>();
        published.forEach(id -> deliveries.put(id, 0));
        recorded.forEach(id -> deliveries.put(id, 0));
        Histogram latencies = new Histogram(LONGEST_MICROS, 3);
        int[] foreign = new int[1];
        Ledger.read(ledger, entry -> {
            if (deliveries.computeIfPresent(entry.id(), (id, count) -> count + 1) == null) {
                foreign[0]++;
            }
            if (published.contains(entry.id())) {
                latencies.recordValue(Math.max(0, Math.min(entry.micros(), LONGEST_MICROS)));
            }
        });
        int missing =
                (int) deliveries.values().stream().filter(count -> count == 0).count();
        int doubled =
                (int) deliveries.values().stream().filter(count -> count > 1).count();
        return new Verdict(deliveries.size(), missing, doubled, foreign[0], latencies);
    }

    boolean isGood() {
        return missing == 0 && doubled == 0 && foreign == 0;
    }
}
