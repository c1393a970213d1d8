package dev.carillon.bus.internal.consumer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts consecutive errors of the broker, of messages and of receivers alike. An event that is processed without error resets
 * the count. Once the limit is reached, the count stays there: workers that finish concurrently cannot reset it. Thread-safe.
 */
public final class ConsecutiveErrors {

    private final int limit;
    private final AtomicInteger errors = new AtomicInteger();

    public ConsecutiveErrors(Optional<Integer> limit) {
        this.limit = limit.orElse(Integer.MAX_VALUE);
    }

    public void error() {
        errors.updateAndGet(row -> row < limit ? row + 1 : row);
    }

    void success() {
        if (errors.get() != 0) {
            errors.updateAndGet(row -> row < limit ? 0 : row);
        }
    }

    public int errors() {
        return errors.get();
    }

    public boolean isAtLimit() {
        return errors.get() >= limit;
    }
}
