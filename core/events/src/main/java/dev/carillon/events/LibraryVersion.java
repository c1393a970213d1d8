package dev.carillon.events;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A release of the event library that wrote an event ({@code sourcelib} in the metadata), for example {@code 11.2.0}.
 * Compared number by number, so {@code 9.20.0} comes before {@code 10.0.0}.
 */
public final class LibraryVersion implements Comparable<LibraryVersion> {

    /** The release of {@code openedx-events} whose catalog and schemas Carillon implements. */
    public static final LibraryVersion CURRENT = of(List.of(11, 2, 0));

    private static final int MAX_NUMBERS = 16;
    private static final int MAX_SHOWN = 100;

    private final List<Integer> numbers;
    private final String text;

    private LibraryVersion(List<Integer> numbers) {
        this.numbers = numbers;
        this.text = numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    /**
     * A version with these numbers.
     *
     * @throws IllegalArgumentException when there are no numbers, more than 16, or a negative one
     */
    public static LibraryVersion of(List<Integer> numbers) {
        if (numbers.isEmpty() || numbers.size() > MAX_NUMBERS) {
            throw new IllegalArgumentException("A library version is 1 to " + MAX_NUMBERS
                    + " numbers, such as 11.2.0, but these are " + numbers.size());
        }
        if (numbers.stream().anyMatch(number -> number < 0)) {
            throw new IllegalArgumentException(
                    "A library version is numbers of 0 or more, such as 11.2.0, but was " + numbers);
        }
        return new LibraryVersion(List.copyOf(numbers));
    }

    /**
     * Parses the dotted form used on the wire.
     *
     * @throws IllegalArgumentException when the text is not 1 to 16 numbers separated by dots
     */
    public static LibraryVersion parse(String dotted) {
        try {
            return of(Arrays.stream(dotted.split("\\.", -1))
                    .map(part -> Integer.parseInt(part.strip()))
                    .toList());
        } catch (NumberFormatException e) {
            String shown = dotted.length() <= MAX_SHOWN ? dotted : dotted.substring(0, MAX_SHOWN) + "…";
            throw new IllegalArgumentException(
                    "A library version is numbers with dots between them, such as 11.2.0, but was '" + shown + "'", e);
        }
    }

    /** The numbers, first to last. Unmodifiable, never empty. */
    public List<Integer> numbers() {
        return numbers;
    }

    /** Compares number by number, as Python compares tuples; a version that is a prefix of another is the smaller. */
    @Override
    public int compareTo(LibraryVersion other) {
        int shared = Math.min(numbers.size(), other.numbers.size());
        for (int i = 0; i < shared; i++) {
            int order = Integer.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.size(), other.numbers.size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof LibraryVersion that && numbers.equals(that.numbers));
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    /** The dotted form, {@code 11.2.0}. */
    @Override
    public String toString() {
        return text;
    }
}
