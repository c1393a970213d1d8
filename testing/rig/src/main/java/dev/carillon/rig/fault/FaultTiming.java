package dev.carillon.rig.fault;

import java.time.Duration;

/**
 * How often faults happen, and how long they last.
 *
 * @param minGap the shortest time from the start of a fault to the start of the next one
 * @param maxGap the longest
 * @param minDuration the shortest duration of a fault
 * @param maxDuration the longest
 * @param minLongDuration the shortest duration of a fault that is {@link FaultKind#isLong long}
 * @param maxLongDuration the longest
 */
public record FaultTiming(
        Duration minGap,
        Duration maxGap,
        Duration minDuration,
        Duration maxDuration,
        Duration minLongDuration,
        Duration maxLongDuration) {

    /** For runs of minutes: some faults last longer than the timeouts of the clients. */
    public static final FaultTiming NORMAL = new FaultTiming(
            Duration.ofMillis(1_000),
            Duration.ofMillis(4_000),
            Duration.ofMillis(300),
            Duration.ofSeconds(9),
            Duration.ofSeconds(15),
            Duration.ofSeconds(25));

    /** For tests: every kind of fault happens within half a minute. */
    public static final FaultTiming QUICK = new FaultTiming(
            Duration.ofMillis(400),
            Duration.ofMillis(1_400),
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofSeconds(8),
            Duration.ofSeconds(10));
}
