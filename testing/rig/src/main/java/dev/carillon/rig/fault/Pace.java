package dev.carillon.rig.fault;

import java.time.Duration;

/**
 * How quickly faults follow each other.
 *
 * @param shortestGap at least so long from one to the next
 * @param longestGap at most
 * @param shortestHold how long something stays broken, at least
 * @param longestHold at most
 * @param shortestLongHold the same for what is {@link Kind#isLong() long}
 * @param longestLongHold at most
 */
public record Pace(
        Duration shortestGap,
        Duration longestGap,
        Duration shortestHold,
        Duration longestHold,
        Duration shortestLongHold,
        Duration longestLongHold) {

    /** For minutes: some faults last longer than clients have patience. */
    public static final Pace NORMAL = new Pace(
            Duration.ofMillis(1_000),
            Duration.ofMillis(4_000),
            Duration.ofMillis(300),
            Duration.ofSeconds(9),
            Duration.ofSeconds(15),
            Duration.ofSeconds(25));

    /** For tests: every kind of fault within half a minute. */
    public static final Pace QUICK = new Pace(
            Duration.ofMillis(400),
            Duration.ofMillis(1_400),
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofSeconds(8),
            Duration.ofSeconds(10));
}
