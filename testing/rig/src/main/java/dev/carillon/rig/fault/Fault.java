package dev.carillon.rig.fault;

import java.time.Duration;
import java.util.Locale;

/**
 * A planned fault.
 *
 * @param at when it starts, from the start of the storm
 * @param kind what happens
 * @param target the name of the part that it happens to
 * @param duration how long until it is repaired
 */
public record Fault(Duration at, FaultKind kind, String target, Duration duration) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%6.1f s  %-15s %s, for %.1f s",
                at.toMillis() / 1000.0,
                kind.word(),
                target,
                duration.toMillis() / 1000.0);
    }
}
