package dev.carillon.bus.consumer;

import dev.carillon.events.internal.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How often, and with what backoff, an event is retried after a receiver failed. While it waits, later events with its key wait
 * behind it, and events with other keys continue. Immutable; each {@code with…} and {@link #abortOn} returns a copy.
 */
public final class RetryPolicy {

    private static final Duration MAX_DELAY_LIMIT = Duration.ofDays(1);

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(30), 0.2, List.of());

    private final int maxAttempts;
    private final Duration initialDelay;
    private final Duration maxDelay;
    private final double jitter;
    private final List<Class<? extends Throwable>> abortOn;
    private final Backoff backoff;

    private RetryPolicy(
            int maxAttempts,
            Duration initialDelay,
            Duration maxDelay,
            double jitter,
            List<Class<? extends Throwable>> abortOn) {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, but was " + maxAttempts);
        }
        if (initialDelay.isNegative()
                || maxDelay.compareTo(initialDelay) < 0
                || maxDelay.compareTo(MAX_DELAY_LIMIT) > 0) {
            throw new IllegalArgumentException("initialDelay must be from PT0S to maxDelay, and maxDelay at most "
                    + MAX_DELAY_LIMIT + ", but they were " + initialDelay + " and " + maxDelay);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but was " + jitter);
        }
        this.maxAttempts = maxAttempts;
        this.initialDelay = initialDelay;
        this.maxDelay = maxDelay;
        this.jitter = jitter;
        this.abortOn = List.copyOf(abortOn);
        this.backoff = Backoff.exponential(initialDelay, maxDelay).withJitter(jitter);
    }

    /**
     * 5 attempts, with delays of 200 ms, 400 ms and so on up to 30 s, each shortened by up to a fifth; every failure is
     * retried.
     */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** A single attempt, without retries. */
    public static RetryPolicy none() {
        return DEFAULTS.withMaxAttempts(1);
    }

    /**
     * With another number of attempts, including the first.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public RetryPolicy withMaxAttempts(int maxAttempts) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, abortOn);
    }

    /**
     * With other delays.
     *
     * @param initialDelay the delay before the second attempt; each further delay is twice as long
     * @param maxDelay the longest delay; at most a day
     * @throws IllegalArgumentException when one is out of range
     */
    public RetryPolicy withDelays(Duration initialDelay, Duration maxDelay) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, abortOn);
    }

    /**
     * With another jitter: each delay is shortened by a random fraction, at most this one, so that many events are not retried
     * at the same moment.
     *
     * @throws IllegalArgumentException when it is not from 0 to 1
     */
    public RetryPolicy withJitter(double jitter) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, abortOn);
    }

    /**
     * With one more exception class that is not retried: an event whose receiver throws it, or a subclass, fails at once.
     */
    public RetryPolicy abortOn(Class<? extends Throwable> failure) {
        List<Class<? extends Throwable>> more = new ArrayList<>(abortOn);
        more.add(failure);
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, more);
    }

    /** The maximum number of calls of a receiver, including the first. */
    public int maxAttempts() {
        return maxAttempts;
    }

    public boolean abortsOn(Throwable failure) {
        return abortOn.stream().anyMatch(each -> each.isInstance(failure));
    }

    /** Returns the delay after this many attempts, in nanoseconds. */
    public long delayNanos(int attemptsMade) {
        return backoff.delayNanos(attemptsMade);
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxAttempts=" + maxAttempts + ", initialDelay=" + initialDelay + ", maxDelay=" + maxDelay
                + ", jitter=" + jitter + ", abortOn=" + abortOn + "]";
    }
}
