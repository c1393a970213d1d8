package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;

import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A receiver that blocks until it is released. Closing releases it. */
final class BlockingReceiver implements AutoCloseable {

    private final Duration timeout;
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newCachedThreadPool();

    BlockingReceiver(Duration timeout) {
        this.timeout = timeout;
    }

    /** Blocks in every step. */
    void connect(Events events) {
        connect(events, step -> true);
    }

    /** Blocks in these steps only. */
    void connect(Events events, Predicate<Step> which) {
        events.connect(STEP, event -> {
            if (which.test(event.data())) {
                block();
            }
        });
    }

    /** Blocks in every step, in the thread of an executor. */
    void connectInExecutor(Events events) {
        events.connect(
                STEP,
                event -> block(),
                ReceiverOptions.id("blocking in executor").on(executor));
    }

    private void block() throws InterruptedException {
        blocked.countDown();
        released.await();
    }

    /** Waits until it blocks in a step. */
    void awaitBlocked() throws InterruptedException {
        if (!blocked.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("No step reached the receiver within " + timeout.toSeconds() + " s");
        }
    }

    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        executor.shutdown();
    }
}
