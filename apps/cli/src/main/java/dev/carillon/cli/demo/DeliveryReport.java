package dev.carillon.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Compares the events that were delivered with those that were expected.
 *
 * @param expected how many events were expected
 * @param missing how many of them were not delivered
 * @param duplicated how many of them were delivered more than once
 * @param unknown deliveries of events that were not expected
 * @param latencies microseconds from the event's time to its delivery, for events that the demo published
 */
record DeliveryReport(int expected, int missing, int duplicated, int unknown, Histogram latencies) {

    private static final long MAX_MICROS = 3_600_000_000L;

    /** Recorded events are expected, too, but have no latency: they are older than the demo. */
    static DeliveryReport of(Path log, Collection<UUID> published, Collection<UUID> recorded) throws IOException {
        Map<UUID, Integer> deliveries = new HashMap<>();
        published.forEach(id -> deliveries.put(id, 0));
        recorded.forEach(id -> deliveries.put(id, 0));
        Histogram latencies = new Histogram(MAX_MICROS, 3);
        int[] unknown = new int[1];
        DeliveryLog.read(log, entry -> {
            if (deliveries.computeIfPresent(entry.id(), (id, count) -> count + 1) == null) {
                unknown[0]++;
            }
            if (published.contains(entry.id())) {
                latencies.recordValue(Math.max(0, Math.min(entry.micros(), MAX_MICROS)));
            }
        });
        int missing =
                (int) deliveries.values().stream().filter(count -> count == 0).count();
        int duplicated =
                (int) deliveries.values().stream().filter(count -> count > 1).count();
        return new DeliveryReport(deliveries.size(), missing, duplicated, unknown[0], latencies);
    }

    boolean isGood() {
        return missing == 0 && duplicated == 0 && unknown == 0;
    }
}
