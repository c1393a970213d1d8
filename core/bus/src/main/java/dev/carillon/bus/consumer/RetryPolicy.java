package dev.carillon.bus.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and with what backoff, an event is retried that a receiver failed on. While it waits, the events of its key wait behind
 * it, and those of other keys go on. Immutable; each {@code with…} and {@link #abortOn} returns a copy.
 */
public final class RetryPolicy {

    private static final int MAX_DOUBLINGS = 40;
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(30), 0.2, List.of());

    private final int maxAttempts;
    private final Duration initialDelay;
    private final Duration maxDelay;
    private final double jitter;
    private final List<Class<? extends Throwable>> abortOn;

    private RetryPolicy(
            int maxAttempts,
            Duration initialDelay,
            Duration maxDelay,
            double jitter,
            List<Class<? extends Throwable>> abortOn) {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, but was " + maxAttempts);
        }
        if (initialDelay.isNegative() || maxDelay.compareTo(initialDelay) < 0 || maxDelay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("initialDelay must be from PT0S to maxDelay, and that at most " + LONGEST
                    + ", but they were " + initialDelay + " and " + maxDelay);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but was " + jitter);
        }
        this.maxAttempts = maxAttempts;
        this.initialDelay = initialDelay;
        this.maxDelay = maxDelay;
        this.jitter = jitter;
        this.abortOn = List.copyOf(abortOn);
    }

    /** 5 attempts, after 200 ms, 400 ms and so on up to 30 s, less up to a fifth; every failure is retried. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt. */
    public static RetryPolicy none() {
        return DEFAULTS.withMaxAttempts(1);
    }

    /**
     * With another number of calls of a receiver, the first one included.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public RetryPolicy withMaxAttempts(int maxAttempts) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, abortOn);
    }

    /**
     * With other delays.
     *
     * @param initialDelay before the second attempt; each further delay is twice as long
     * @param maxDelay no delay is longer; at most a day
     * @throws IllegalArgumentException when one is out of range
     */
    public RetryPolicy withDelays(Duration initialDelay, Duration maxDelay) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, abortOn);
    }

    /**
     * With another jitter: each delay is shortened by a random part of itself, at most this one, so that many events do not come
     * back at once.
     *
     * @throws IllegalArgumentException when it is not from 0 to 1
     */
    public RetryPolicy withJitter(double jitter) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, abortOn);
    }

    /** With one more kind of failure that will not get better: an event that fails with it, or a subclass, is not retried. */
    public RetryPolicy abortOn(Class<? extends Throwable> failure) {
        List<Class<? extends Throwable>> more = new ArrayList<>(abortOn);
        more.add(failure);
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, more);
    }

    /** How often a receiver is called at most, the first time included. */
    public int maxAttempts() {
        return maxAttempts;
    }

    public boolean isFinal(Throwable failure) {
        return abortOn.stream().anyMatch(each -> each.isInstance(failure));
    }

    /** The delay after this many attempts. */
    public long delayNanos(int attemptsMade) {
        double doubled = (double) initialDelay.toNanos() * Math.pow(2, Math.min(MAX_DOUBLINGS, attemptsMade - 1));
        double longest = Math.min((double) maxDelay.toNanos(), doubled);
        return (long) (longest * (1 - jitter * ThreadLocalRandom.current().nextDouble()));
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxAttempts=" + maxAttempts + ", initialDelay=" + initialDelay + ", maxDelay=" + maxDelay
                + ", jitter=" + jitter + ", abortOn=" + abortOn + "]";
    }
}
