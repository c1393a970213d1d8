package dev.carillon.events.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggests known names for a mistyped one. */
public final class NearestNames {

    private static final int FAR = Integer.MAX_VALUE;
    private static final int SHORTEST_PART = 4;

    private NearestNames() {}

    /**
     * Returns up to {@code limit} of {@code known}, nearest first; empty when none is near. First names with few changed
     * characters, then names that contain the given one.
     */
    public static List<String> of(String wanted, Collection<String> known, int limit) {
        record Candidate(String name, int distance) {}
        String lowered = wanted.toLowerCase(Locale.ROOT);
        return known.stream()
                .distinct()
                .map(name -> new Candidate(name, nearness(lowered, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() < FAR)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(limit)
                .map(Candidate::name)
                .toList();
    }

    private static int nearness(String wanted, String name) {
        int tolerance = Math.min(wanted.length() - 1, Math.max(2, wanted.length() / 3));
        // the distance is at least the difference in length, and takes long to compute for long texts
        int distance = Math.abs(wanted.length() - name.length()) <= tolerance ? distance(wanted, name) : FAR;
        if (distance <= tolerance) {
            return distance;
        }
        return wanted.length() >= SHORTEST_PART && name.contains(wanted) ? tolerance + 1 : FAR;
    }

    /** A question to append to an error, {@code ". Did you mean 'a' or 'b'?"}; empty when no name is near. */
    public static String question(String wanted, Collection<String> known) {
        List<String> nearest = of(wanted, known, 3);
        return nearest.isEmpty() ? "" : ". Did you mean '" + Shown.escaped(String.join("' or '", nearest)) + "'?";
    }

    /** The Levenshtein distance: single characters inserted, removed or replaced. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
