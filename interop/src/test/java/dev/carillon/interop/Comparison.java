package dev.carillon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares events one by one, counts them, and collects the differences. */
final class Comparison {

    private static final int SHOWN = 10;

    private final List<String> differences = new ArrayList<>();
    private final Set<String> types = new HashSet<>();
    private long events;
    private long values;

    /** Compares one part of an event, named {@code what}, with its expected value. */
    void compare(String eventType, String what, @Nullable Object expected, @Nullable Object actual) {
        events++;
        types.add(eventType);
        values += Tree.size(expected);
        Tree.difference(expected, actual)
                .ifPresent(difference -> differences.add(eventType + " " + what + " " + difference));
    }

    /** Fails with the first differences, if there are any; also when nothing was compared. */
    void assertNoDifference() {
        assertThat(events).as("compared events").isPositive();
        assertThat(differences.stream().limit(SHOWN))
                .as("%d differences, the first of them", differences.size())
                .isEmpty();
    }

    /** The counts, to print. */
    @Override
    public String toString() {
        return "%,d events of %d types, %,d values".formatted(events, types.size(), values);
    }
}
