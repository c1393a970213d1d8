package dev.carillon.bus.redis;

import java.time.Duration;

/** Something to do every so often, the first time at once. Times are those of {@link System#nanoTime()}. */
final class Due {

    private long next;

    Due(long now) {
        this.next = now;
    }

    boolean isDue(long now) {
        return next - now <= 0;
    }

    /** It was done; again after this time. */
    void again(long now, Duration after) {
        next = now + after.toNanos();
    }

    /** How long until it is due, in nanoseconds; negative when it is. */
    long remaining(long now) {
        return next - now;
    }
}
