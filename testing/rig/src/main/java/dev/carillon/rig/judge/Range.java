package dev.carillon.rig.judge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Consecutive events of the ledger.
 *
 * @param first the first one
 * @param last the last one
 * @param count how many there are
 */
public record Range(RecordedEvent first, RecordedEvent last, int count) {

    /** Groups the events into ranges, in the order of the ledger. */
    public static List<Range> of(List<RecordedEvent> ledger, List<RecordedEvent> events) {
        Set<RecordedEvent> wanted = new HashSet<>(events);
        List<Range> ranges = new ArrayList<>();
        List<RecordedEvent> run = new ArrayList<>();
        for (RecordedEvent entry : ledger) {
            if (wanted.contains(entry)) {
                run.add(entry);
            } else {
                close(run, ranges);
            }
        }
        close(run, ranges);
        return ranges;
    }

    private static void close(List<RecordedEvent> run, List<Range> ranges) {
        if (!run.isEmpty()) {
            ranges.add(new Range(run.get(0), run.get(run.size() - 1), run.size()));
            run.clear();
        }
    }

    @Override
    public String toString() {
        return count == 1 ? first.toString() : count + " from " + first + " to " + last;
    }
}
