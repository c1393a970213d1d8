package dev.carillon.bus.redis;

import java.time.Duration;

/** Something to do at intervals, the first time at once. Times are those of {@link System#nanoTime()}. */
final class Schedule {

    private long next = System.nanoTime();

    boolean isDue(long now) {
        return next - now <= 0;
    }

    /** Sets the time of the next run. */
    void next(long now, Duration delay) {
        next = now + delay.toNanos();
    }

    /** The time until the next run in nanoseconds; 0 or less if it is due. */
    long remaining(long now) {
        return next - now;
    }
}
