package dev.carillon.bus.internal.consumer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests that a loop ends, and wakes it from a wait. Thread-safe. Cannot be reset. */
public final class StopSignal {

    private final CountDownLatch requested = new CountDownLatch(1);

    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits for this time, or until the stop is requested. Ignores and clears interrupts, which were meant for something else.
     */
    void awaitIgnoringInterrupts(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        boolean ended = false;
        while (!ended) {
            try {
                requested.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                ended = true;
            } catch (InterruptedException e) {
                ended = System.nanoTime() - end >= 0;
            }
        }
    }

    /** Waits for this time, or until the stop is requested. An interrupt requests the stop; the interrupt flag is restored. */
    @SuppressWarnings("ReturnValueIgnored") // callers check isRequested()
    public void await(Duration time) {
        try {
            requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            request();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Clears the interrupt flag that a receiver or a health check may have left behind, so that it affects nothing later. The
     * consumer's own threads stop by this signal, so an interrupt was meant for someone else.
     */
    @SuppressWarnings("ReturnValueIgnored") // called for its side effect
    static void clearInterrupt() {
        Thread.interrupted();
    }
}
