package dev.carillon.bus;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops delivery while something that the receivers need, such as their database, is away: then nothing is read and no attempt
 * is spent. Thread-safe.
 */
final class HealthGate {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    private final BooleanSupplier healthy;
    private final long everyNanos;
    private volatile boolean open = true;
    private volatile long checkedAt;

    HealthGate(BooleanSupplier healthy, Duration every) {
        this.healthy = healthy;
        this.everyNanos = every.toNanos();
        this.checkedAt = System.nanoTime() - everyNanos;
    }

    /** How long to wait before it is worth to look again. */
    long everyNanos() {
        return everyNanos;
    }

    /** As it was when last looked at; {@link #look} looks. */
    boolean isOpen() {
        return open;
    }

    /** Looks again when it is time to. */
    boolean look() {
        if (System.nanoTime() - checkedAt >= everyNanos) {
            return lookNow();
        }
        return open;
    }

    /** Looks again. A check that fails means no. */
    synchronized boolean lookNow() {
        boolean now;
        try {
            now = healthy.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("The health check failed, which counts as unhealthy: {}", e.toString());
            now = false;
        }
        if (now != open) {
            LOG.warn(now ? "The health check says yes again: going on" : "The health check says no: pausing");
        }
        open = now;
        checkedAt = System.nanoTime();
        return now;
    }
}
