package dev.carillon.interop;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts and compares trees of maps, lists, strings and numbers. */
final class Tree {

    private static final int MAX_SHOWN = 120;

    private Tree() {}

    /** How many values a tree contains. */
    static long size(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.values().stream().mapToLong(Tree::size).sum();
        }
        return tree instanceof List<?> list
                ? list.stream().mapToLong(Tree::size).sum()
                : 1;
    }

    /** The first difference between two trees, with its path; empty when they are equal. */
    static Optional<String> difference(@Nullable Object expected, @Nullable Object actual) {
        return difference("", expected, actual);
    }

    private static Optional<String> difference(String path, @Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> one
                && actual instanceof Map<?, ?> other
                && one.keySet().equals(other.keySet())) {
            return new TreeSet<>(one.keySet())
                    .stream()
                            .flatMap(key -> difference(path + "." + key, one.get(key), other.get(key)).stream())
                            .findFirst();
        }
        if (expected instanceof List<?> one && actual instanceof List<?> other && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                Optional<String> difference = difference(path + "[" + i + "]", one.get(i), other.get(i));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return Objects.equals(expected, actual)
                ? Optional.empty()
                : Optional.of(path + ": expected " + shown(expected, actual) + ", but got " + shown(actual, expected));
    }

    /** A value as text; of a long one, the part around the first difference from the other. */
    private static String shown(@Nullable Object tree, @Nullable Object other) {
        String text = text(tree);
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        String another = text(other);
        int start = 0;
        while (start < Math.min(text.length(), another.length()) && text.charAt(start) == another.charAt(start)) {
            start++;
        }
        start = Math.max(0, start - MAX_SHOWN / 4);
        return (start == 0 ? "" : "(from " + start + ") …")
                + text.substring(start, Math.min(text.length(), start + MAX_SHOWN))
                + "… (" + text.length() + " characters)";
    }

    private static String text(@Nullable Object tree) {
        return tree instanceof String ? "\"" + tree + "\"" : String.valueOf(tree);
    }
}
