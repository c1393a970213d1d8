package dev.carillon.bus.redis;

import dev.carillon.events.internal.Backoff;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The delay before the next connection attempt: none at first, then doubling up to a maximum until a reset. Thread-safe. */
final class ReconnectDelay {

    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofMillis(10), Duration.ofMillis(500));

    private final AtomicInteger attempts = new AtomicInteger();

    /** Returns the delay before the next attempt, in milliseconds, and increases it for the one after. */
    long nextMillis() {
        return BACKOFF.delay(attempts.getAndUpdate(made -> made == Integer.MAX_VALUE ? made : made + 1))
                .toMillis();
    }

    /** Makes the next attempt immediate. Called for each reply of Redis, so it writes only if there is a delay. */
    void reset() {
        if (attempts.get() != 0) {
            attempts.set(0);
        }
    }
}
