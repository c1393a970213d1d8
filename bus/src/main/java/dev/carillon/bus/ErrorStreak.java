package dev.carillon.bus;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts errors in a row, of broker and receivers alike; an event that is processed without one ends the row. Thread-safe. */
final class ErrorStreak {

    private final int limit;
    private final AtomicInteger errors = new AtomicInteger();

    ErrorStreak(Optional<Integer> limit) {
        this.limit = limit.orElse(Integer.MAX_VALUE);
    }

    void error() {
        errors.incrementAndGet();
    }

    void success() {
        if (errors.get() != 0) {
            errors.set(0);
        }
    }

    int errors() {
        return errors.get();
    }

    boolean isAtLimit() {
        return errors.get() >= limit;
    }
}
