package dev.carillon.bus.redis;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The right to read a topic, up to a time that each renewal puts off. Once it is seen to be over, it is over for good: whoever
 * is told that it is over may rely on that, whatever a renewal brings afterwards. Times are those of {@link System#nanoTime()}.
 * Thread-safe.
 */
final class Grant {

    private static final long OVER = Long.MIN_VALUE;

    private final AtomicLong until;
    private final String before;
    private volatile boolean used;

    /**
     * A right until a time.
     *
     * @param before the token of the member that had it before us; empty when there was none
     */
    Grant(long until, String before) {
        this.until = new AtomicLong(until);
        this.before = before;
    }

    String before() {
        return before;
    }

    /** Something was read by this right, or may have been. */
    void use() {
        used = true;
    }

    boolean isUsed() {
        return used;
    }

    boolean isValid(long now) {
        long end = until.get();
        while (end != OVER && end - now <= 0) {
            until.compareAndSet(end, OVER);
            end = until.get();
        }
        return end != OVER;
    }

    /** Puts the end off, unless it is over. */
    void extend(long later, long now) {
        long end = until.get();
        if (end != OVER && end - now > 0) {
            until.compareAndSet(end, later);
        }
    }

    void end() {
        until.set(OVER);
    }
}
