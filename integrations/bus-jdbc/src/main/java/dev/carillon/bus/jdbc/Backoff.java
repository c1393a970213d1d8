package dev.carillon.bus.jdbc;

import java.time.Duration;

/** How long to wait after failures: longer each time, up to a limit. Times are those of {@link System#nanoTime}. */
final class Backoff {

    private static final long FIRST = Duration.ofMillis(100).toNanos();
    private static final int MAX_DOUBLINGS = 20;

    private final long longest;
    private int failures;
    private long until;

    Backoff(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** One more failure; answers how long to wait, in nanoseconds. */
    long failed(long now) {
        long wait = Math.min(longest, FIRST << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        until = now + wait;
        return wait;
    }

    void succeeded() {
        failures = 0;
    }

    /** Whether the last attempt failed. */
    boolean isInTrouble() {
        return failures > 0;
    }

    /** How long is left to wait, in nanoseconds; nothing, or less, when there is no need to. */
    long nanosLeft(long now) {
        return failures == 0 ? 0 : until - now;
    }
}
