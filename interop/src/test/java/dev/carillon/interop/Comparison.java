package dev.carillon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares events one by one, counts them, and tells in the end what differed. */
final class Comparison {

    private static final int SHOWN = 10;

    private final List<String> differences = new ArrayList<>();
    private final Set<String> types = new HashSet<>();
    private long events;
    private long values;

    /** Compares what one event of a type has with what it should have. */
    void compare(String eventType, String what, @Nullable Object expected, @Nullable Object actual) {
        events++;
        types.add(eventType);
        values += Tree.size(expected);
        Tree.difference(expected, actual)
                .ifPresent(difference -> differences.add(eventType + " " + what + " " + difference));
    }

    /** Fails, and tells the first differences, when there are any; also when nothing was compared. */
    void assertNoDifference() {
        assertThat(events).as("compared events").isPositive();
        assertThat(differences.stream().limit(SHOWN))
                .as("%d differences, of which the first", differences.size())
                .isEmpty();
    }

    /** The counts, to print. */
    @Override
    public String toString() {
        return "%,d events of %d types, %,d values".formatted(events, types.size(), values);
    }
}
