package dev.carillon.bus.internal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits how many events may be in flight to the broker. Thread-safe. */
public final class SendCapacity {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int max;
    private final Semaphore permits;

    /** The latest time at which the last free permit was taken, or a permit was released while none was free. */
    private volatile long changedNanos = System.nanoTime();

    public SendCapacity(int max) {
        this.max = max;
        this.permits = new Semaphore(max);
    }

    /** Acquires a permit for one event, waiting at most this many nanoseconds. Returns false when none became free. */
    boolean acquire(long nanos) throws InterruptedException {
        return taken(permits.tryAcquire(nanos, TimeUnit.NANOSECONDS));
    }

    /**
     * Like {@link #acquire(long)}, but also returns false, possibly at once, when there has been no free permit and no release
     * for {@code stalledNanos}.
     */
    public boolean acquireUnlessStalled(long nanos, long stalledNanos) throws InterruptedException {
        if (taken(permits.tryAcquire())) {
            return true;
        }
        long deadline = System.nanoTime() + nanos;
        while (true) {
            long now = System.nanoTime();
            long wait = Math.min(deadline - now, changedNanos + stalledNanos - now);
            if (taken(permits.tryAcquire(Math.max(0, Math.min(wait, SLICE_NANOS)), TimeUnit.NANOSECONDS))) {
                return true;
            }
            if (wait <= 0) {
                return false;
            }
        }
    }

    private boolean taken(boolean acquired) {
        if (acquired && permits.availablePermits() == 0) {
            changedNanos = System.nanoTime();
        }
        return acquired;
    }

    /** Releases the permit of one event, whose send has completed. */
    public void release() {
        if (permits.availablePermits() == 0) {
            changedNanos = System.nanoTime();
        }
        permits.release();
    }

    /**
     * Waits at most this many nanoseconds until no event is in flight. Returns whether that was reached. Nothing more may be
     * sent meanwhile; on success, all permits stay taken.
     */
    public boolean drain(long nanos) throws InterruptedException {
        return permits.tryAcquire(max, nanos, TimeUnit.NANOSECONDS);
    }

    /** Waits at most this many nanoseconds until no event is in flight. Returns whether that was reached. */
    public boolean awaitNone(long nanos) throws InterruptedException {
        boolean reached = drain(nanos);
        if (reached) {
            permits.release(max);
        }
        return reached;
    }

    public int inFlight() {
        return max - permits.availablePermits();
    }
}
