package dev.carillon.testkit.contract;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.GroupState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A consumer that runs in its own thread. */
final class RunningConsumer implements AutoCloseable {

    private final EventConsumer consumer;
    private final Duration timeout;
    private final Thread thread;
    private final CompletableFuture<StopReason> end = new CompletableFuture<>();

    RunningConsumer(EventConsumer consumer, Duration timeout) {
        this.consumer = consumer;
        this.timeout = timeout;
        this.thread = new Thread(this::run, "contract-consumer");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    @SuppressWarnings("CatchingUnchecked") // the test sees errors too
    private void run() {
        try {
            end.complete(consumer.run());
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    ConsumerCounts counts() {
        return consumer.counts();
    }

    ConsumerHealth health() {
        return consumer.health();
    }

    List<GroupState> groupStates() {
        return consumer.groupStates();
    }

    void pause(String topic) {
        consumer.pause(topic);
    }

    void resume(String topic) {
        consumer.resume(topic);
    }

    void stop() {
        consumer.stop();
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** Waits for the end, and returns its reason. Throws what the consumer threw. */
    StopReason awaitEnd() {
        try {
            return end.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new AssertionError("The consumer did not end within " + timeout.toSeconds() + " s", e);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Stops it and waits for its end; throws what it threw. */
    @Override
    public void close() {
        stop();
        awaitEnd();
    }
}
