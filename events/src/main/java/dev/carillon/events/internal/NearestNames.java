package dev.carillon.events.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known names that somebody who mistyped one probably meant. */
public final class NearestNames {

    private NearestNames() {}

    /** Up to {@code limit} of {@code known}, nearest first; empty when none is near. */
    public static List<String> of(String wanted, Collection<String> known, int limit) {
        record Candidate(String name, int distance) {}
        String lowered = wanted.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(3, wanted.length() / 3);
        return known.stream()
                .distinct()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= tolerance) // no distance is less than that
                .map(name -> new Candidate(name, distance(lowered, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= tolerance)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(limit)
                .map(Candidate::name)
                .toList();
    }

    /** A question to put behind an error, {@code ". Did you mean 'a' or 'b'?"}, or nothing when no name is near. */
    public static String question(String wanted, Collection<String> known) {
        List<String> nearest = of(wanted, known, 3);
        return nearest.isEmpty() ? "" : ". Did you mean '" + String.join("' or '", nearest) + "'?";
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
