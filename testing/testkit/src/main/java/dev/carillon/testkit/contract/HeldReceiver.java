package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;

import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A receiver that stays in its first steps until it is let go. */
final class HeldReceiver implements AutoCloseable {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newCachedThreadPool();

    void connect(Events events) {
        connect(events, step -> true);
    }

    /** Stays in these steps only. */
    void connect(Events events, Predicate<Step> which) {
        events.connect(STEP, event -> {
            if (which.test(event.data())) {
                hold();
            }
        });
    }

    void connectInExecutor(Events events) {
        events.connect(
                STEP, event -> hold(), ReceiverOptions.id("held in executor").on(executor));
    }

    private void hold() throws InterruptedException {
        entered.countDown();
        letGo.await();
    }

    /** Waits until it is in a step. */
    void awaitEntered() throws InterruptedException {
        if (!entered.await(Workbench.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("No step reached the receiver");
        }
    }

    void letGo() {
        letGo.countDown();
    }

    @Override
    public void close() {
        letGo();
        executor.shutdown();
    }
}
