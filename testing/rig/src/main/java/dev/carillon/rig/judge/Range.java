package dev.carillon.rig.judge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Events that lie behind one another in the ledger.
 *
 * @param first the first of them
 * @param last the last of them
 * @param count how many there are
 */
public record Range(Entry first, Entry last, int count) {

    /** The events as ranges, in the order of the ledger. */
    public static List<Range> of(List<Entry> ledger, List<Entry> events) {
        Set<Entry> wanted = new HashSet<>(events);
        List<Range> ranges = new ArrayList<>();
        List<Entry> run = new ArrayList<>();
        for (Entry entry : ledger) {
            if (wanted.contains(entry)) {
                run.add(entry);
            } else {
                close(run, ranges);
            }
        }
        close(run, ranges);
        return ranges;
    }

    private static void close(List<Entry> run, List<Range> ranges) {
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
