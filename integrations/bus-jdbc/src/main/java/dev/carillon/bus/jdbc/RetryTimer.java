package dev.carillon.bus.jdbc;

import dev.carillon.events.internal.Backoff;
import java.time.Duration;

/** Counts consecutive failures and determines when to try again. Times are those of {@link System#nanoTime}. Not thread-safe. */
final class RetryTimer {

    private static final Duration INITIAL_DELAY = Duration.ofMillis(100);

    private final Backoff backoff;
    private int failures;
    private long retryAt;

    /** No failure yet. The delay starts at 100 ms and doubles with each failure, up to this. */
    RetryTimer(Duration maxDelay) {
        this.backoff = Backoff.exponential(INITIAL_DELAY, maxDelay);
    }

    /** Counts a failure; returns how long to wait, in nanoseconds. */
    long onFailure(long now) {
        failures++;
        long delay = backoff.delayNanos(failures);
        retryAt = now + delay;
        return delay;
    }

    void onSuccess() {
        failures = 0;
    }

    /** Whether the last attempt failed. */
    boolean isFailing() {
        return failures > 0;
    }

    /** Whether the last attempt failed and it is too early for the next one. */
    boolean isWaiting(long now) {
        return failures > 0 && retryAt - now > 0;
    }
}
