package dev.carillon.bus.redis;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The right to read a topic until a time that each renewal extends. Once any thread has seen it expired, it stays expired, even if
 * a late renewal succeeds, so that all threads can rely on it. Times are those of {@link System#nanoTime()}. Thread-safe.
 */
final class Lease {

    private static final long EXPIRED = Long.MIN_VALUE;

    private final AtomicLong validUntil;
    private final String previousHolder;
    private volatile boolean used;

    /**
     * A lease that is valid until a time.
     *
     * @param previousHolder the token of the member that had the lease before; empty if there was none
     */
    Lease(long validUntil, String previousHolder) {
        this.validUntil = new AtomicLong(validUntil);
        this.previousHolder = previousHolder;
    }

    /** The lease of a member that shares its group, which never expires. */
    static Lease unlimited() {
        return new Lease(System.nanoTime() + Long.MAX_VALUE / 2, "");
    }

    /** The token of the member that had the lease before; empty if there was none. */
    String previousHolder() {
        return previousHolder;
    }

    /** Records that messages may have been read under this lease. */
    void markUsed() {
        used = true;
    }

    boolean isUsed() {
        return used;
    }

    boolean isValid(long now) {
        long end = validUntil.get();
        while (end != EXPIRED && end - now <= 0) {
            validUntil.compareAndSet(end, EXPIRED);
            end = validUntil.get();
        }
        return end != EXPIRED;
    }

    /** Extends the lease, unless it has expired. */
    void extend(long newEnd, long now) {
        long end = validUntil.get();
        if (end != EXPIRED && end - now > 0) {
            validUntil.compareAndSet(end, newEnd);
        }
    }

    /** Ends the lease at once. */
    void expire() {
        validUntil.set(EXPIRED);
    }
}
