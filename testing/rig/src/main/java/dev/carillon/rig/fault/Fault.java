package dev.carillon.rig.fault;

import java.time.Duration;
import java.util.Locale;

/**
 * Something breaks, and is mended.
 *
 * @param at when, from the start of the storm
 * @param kind how
 * @param target what
 * @param hold for how long
 */
public record Fault(Duration at, Kind kind, String target, Duration hold) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%6.1f s  %-15s %s, for %.1f s",
                at.toMillis() / 1000.0,
                kind.word(),
                target,
                hold.toMillis() / 1000.0);
    }
}
