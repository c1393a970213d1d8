package dev.carillon.bus.internal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds how many events may be on their way to the broker. Thread-safe. */
public final class SendCapacity {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int max;
    private final Semaphore permits;

    /** When it was last filled, or something became free while it was full. */
    private volatile long changedNanos = System.nanoTime();

    public SendCapacity(int max) {
        this.max = max;
        this.permits = new Semaphore(max);
    }

    /** Takes the place of one event, waiting at most so long; answers whether there was one. */
    boolean acquire(long nanos) throws InterruptedException {
        return taken(permits.tryAcquire(nanos, TimeUnit.NANOSECONDS));
    }

    /** As {@link #acquire(long)}; gives up, also at once, when it has been full, and nothing answered, for {@code stalledNanos}. */
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

    /** An event was answered. */
    public void release() {
        if (permits.availablePermits() == 0) {
            changedNanos = System.nanoTime();
        }
        permits.release();
    }

    /** Waits until nothing is on its way, at most so long; answers whether that was reached. Nothing more may be sent meanwhile. */
    public boolean drain(long nanos) throws InterruptedException {
        return permits.tryAcquire(max, nanos, TimeUnit.NANOSECONDS);
    }

    public int underWay() {
        return max - permits.availablePermits();
    }
}
