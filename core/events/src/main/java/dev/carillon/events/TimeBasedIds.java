package dev.carillon.events;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates time-based UUIDs (version 1), which the JDK lacks. Each is later than the one before, even when the clock
 * stands still or goes back. 61 random bits replace the clock sequence and the network address, which would identify the
 * machine. Thread-safe and lock-free.
 */
final class TimeBasedIds {

    private static final long SECONDS_FROM_1582_TO_1970 = 12_219_292_800L;
    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final int NANOS_PER_TICK = 100;

    private static final long VERSION_1 = 0x1000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long SEQUENCE_AND_NODE = 0x3fff_ffff_ffff_ffffL;

    /** Set in a node that is not a network address. */
    private static final long RANDOM_NODE = 0x0100_0000_0000L;

    private final long sequenceAndNode = VARIANT | RANDOM_NODE | (new SecureRandom().nextLong() & SEQUENCE_AND_NODE);

    private final AtomicLong lastTick = new AtomicLong(Long.MIN_VALUE);

    /** An id for this time, or for the next unused tick (a tenth of a microsecond) after it. */
    UUID next(Instant now) {
        long wanted =
                (now.getEpochSecond() + SECONDS_FROM_1582_TO_1970) * TICKS_PER_SECOND + now.getNano() / NANOS_PER_TICK;
        long tick = lastTick.accumulateAndGet(wanted, (last, next) -> Math.max(last + 1, next));
        long timeLow = tick << 32;
        long timeMid = (tick >>> 16) & 0xffff_0000L;
        long timeHigh = (tick >>> 48) & 0x0fff;
        return new UUID(timeLow | timeMid | VERSION_1 | timeHigh, sequenceAndNode);
    }
}
