package dev.carillon.bus.internal.consumer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a loop to end, and wakes it from a wait. */
public final class StopSignal {

    private final CountDownLatch requested = new CountDownLatch(1);

    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits so long, or until the end is requested. An interrupt, which was meant for something else, does not end it. */
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

    /** Waits so long, or until the end is requested. An interrupt requests it. */
    @SuppressWarnings("ReturnValueIgnored") // isRequested() tells
    public void await(Duration time) {
        try {
            requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            request();
            Thread.currentThread().interrupt();
        }
    }
}
