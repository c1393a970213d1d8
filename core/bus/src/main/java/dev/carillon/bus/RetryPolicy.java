package dev.carillon.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and after what waits, an event is tried again that a receiver failed on. While it waits, the events of its key wait
 * behind it, and those of other keys go on. Immutable; each {@code with…} answers a copy.
 *
 * @param attempts how often a receiver is called at most, the first time included
 * @param firstWait the wait before the second attempt; each further one is twice as long
 * @param longestWait no wait is longer
 * @param jitter up to this part of a wait, from 0 to 1, is left out by chance, so that many do not come back at once
 * @param finals failures that will not get better: an event that fails with one of these, or a subclass, is not tried again
 */
public record RetryPolicy(
        int attempts,
        Duration firstWait,
        Duration longestWait,
        double jitter,
        List<Class<? extends Throwable>> finals) {

    private static final int MOST_DOUBLINGS = 40;
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(30), 0.2, List.of());

    /**
     * Checks each part.
     *
     * @throws IllegalArgumentException naming the part, its value and what it must be
     */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, but was " + attempts);
        }
        if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0 || longestWait.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("firstWait must be from PT0S to longestWait, and that at most " + LONGEST
                    + ", but they were " + firstWait + " and " + longestWait);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but was " + jitter);
        }
        finals = List.copyOf(finals);
    }

    /** 5 attempts, after 200 ms, 400 ms and so on up to 30 s, less up to a fifth; no failure is final. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt. */
    public static RetryPolicy none() {
        return DEFAULTS.withAttempts(1);
    }

    /** This policy, with so many attempts. */
    public RetryPolicy withAttempts(int attempts) {
        return new RetryPolicy(attempts, firstWait, longestWait, jitter, finals);
    }

    /** This policy, with other waits. */
    public RetryPolicy withWaits(Duration firstWait, Duration longestWait) {
        return new RetryPolicy(attempts, firstWait, longestWait, jitter, finals);
    }

    /** This policy, with one more failure that is final. */
    public RetryPolicy withFinal(Class<? extends Throwable> failure) {
        List<Class<? extends Throwable>> more = new ArrayList<>(finals);
        more.add(failure);
        return new RetryPolicy(attempts, firstWait, longestWait, jitter, more);
    }

    boolean isFinal(Throwable failure) {
        return finals.stream().anyMatch(each -> each.isInstance(failure));
    }

    /** How long to wait after so many attempts. */
    long waitNanos(int attemptsMade) {
        double doubled = (double) firstWait.toNanos() * Math.pow(2, Math.min(MOST_DOUBLINGS, attemptsMade - 1));
        double longest = Math.min((double) longestWait.toNanos(), doubled);
        return (long) (longest * (1 - jitter * ThreadLocalRandom.current().nextDouble()));
    }
}
