package dev.carillon.events.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after failures: an initial delay that doubles with each further failure, up to a maximum. Keeps no state; the
 * caller counts the failures. Immutable and thread-safe.
 */
public final class Backoff {

    private static final Duration MAX_NANOS = Duration.ofNanos(Long.MAX_VALUE);

    private final long initialDelay;
    private final long maxDelay;
    private final double jitter;
    private final DoubleSupplier random;

    private Backoff(long initialDelay, long maxDelay, double jitter, DoubleSupplier random) {
        this.initialDelay = initialDelay;
        this.maxDelay = maxDelay;
        this.jitter = jitter;
        this.random = random;
    }

    /**
     * A backoff without jitter. Delays of more than 292 years, which do not fit into nanoseconds, are cut to that.
     *
     * @param initialDelay the delay after the first failure; zero means that there is never a delay
     * @param maxDelay the longest delay
     * @throws IllegalArgumentException when {@code initialDelay} is negative or longer than {@code maxDelay}
     */
    public static Backoff exponential(Duration initialDelay, Duration maxDelay) {
        if (initialDelay.isNegative() || initialDelay.compareTo(maxDelay) > 0) {
            throw new IllegalArgumentException(
                    "initialDelay must be from PT0S to maxDelay, but they were " + initialDelay + " and " + maxDelay);
        }
        return new Backoff(
                nanos(initialDelay),
                nanos(maxDelay),
                0,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static long nanos(Duration delay) {
        return delay.compareTo(MAX_NANOS) >= 0 ? Long.MAX_VALUE : delay.toNanos();
    }

    /**
     * This backoff, with each delay shortened at random so that clients that failed together do not all retry at the same moment.
     *
     * @param jitter the largest part of a delay, from 0 to 1, by which it may be shortened
     * @throws IllegalArgumentException when {@code jitter} is not from 0 to 1
     */
    public Backoff withJitter(double jitter) {
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but was " + jitter);
        }
        return new Backoff(initialDelay, maxDelay, jitter, random);
    }

    /** This backoff, with another source of random numbers from 0 (inclusive) to 1 (exclusive). */
    Backoff withRandom(DoubleSupplier random) {
        return new Backoff(initialDelay, maxDelay, jitter, random);
    }

    /**
     * How long to wait after this many consecutive failures; see {@link #delayNanos}.
     *
     * @throws IllegalArgumentException when {@code failures} is negative
     */
    public Duration delay(int failures) {
        return Duration.ofNanos(delayNanos(failures));
    }

    /**
     * How long to wait after this many consecutive failures, in nanoseconds: 0 after none, the initial delay after one, twice as long
     * after each further one, and never longer than the maximum. Shortened by the jitter, if there is one.
     *
     * @throws IllegalArgumentException when {@code failures} is negative
     */
    public long delayNanos(int failures) {
        if (failures < 0) {
            throw new IllegalArgumentException("failures must not be negative, but was " + failures);
        }
        long delay = failures == 0 ? 0 : doubled(failures - 1);
        return jitter == 0 ? delay : (long) (delay * (1 - jitter * random.getAsDouble()));
    }

    /** The initial delay, doubled this often. A shift is only made where no bit is lost. */
    private long doubled(int doublings) {
        if (initialDelay == 0) {
            return 0;
        }
        boolean fits = doublings < Long.numberOfLeadingZeros(initialDelay);
        return fits ? Math.min(maxDelay, initialDelay << doublings) : maxDelay;
    }
}
