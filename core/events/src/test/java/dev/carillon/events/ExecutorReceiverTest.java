package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.CapturedLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivers that run elsewhere, so that they do not block the sender. */
class ExecutorReceiverTest {

    private final CapturedLog log = new CapturedLog();
    private final Events events = Examples.events();
    private final List<String> heard = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Executor later = tasks::add;

    @AfterEach
    void releaseTheLog() {
        log.close();
    }

    @Test
    void theSenderGoesOnWithoutThem() {
        connect("slow", later, event -> heard.add("slow"));
        events.connect(CREATED, event -> heard.add("fast"));

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("fast");
        assertThat(result.isComplete()).isFalse();
        assertThat(result.responses()).hasSize(1);
        assertThat(result.toString()).contains("1 responses", "0 failed", "1 in an executor");
    }

    @Test
    void completionHasTheResponsesOfAllWithTheirsLast() {
        connect("slow", later, Receiver.responding(event -> "slow"));
        events.connect(CREATED, "fast", Receiver.responding(event -> "fast"));
        SendResult result = events.send(CREATED, CERTIFICATE);
        CompletableFuture<SendResult> completion = result.completion().toCompletableFuture();
        assertThat(completion).isNotDone();

        tasks.remove().run();

        assertThat(result.isComplete()).isTrue();
        assertThat(completion).isCompletedWithValueMatching(SendResult::isComplete);
        assertThat(completion.join().responses()).extracting(Response::value).containsExactly("fast", "slow");
    }

    @Test
    void completionWithoutSuchReceiversIsTheResultItself() {
        events.connect(CREATED, event -> {});

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(result.completion().toCompletableFuture()).isCompletedWithValue(result);
    }

    @Test
    void theyRunInTheirThread() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "badges"));
        try {
            connect(
                    "pooled",
                    pool,
                    Receiver.responding(event -> Thread.currentThread().getName()));

            SendResult result = events.send(CREATED, CERTIFICATE);

            assertThat(result.completion()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .responses())
                    .extracting(Response::value)
                    .containsExactly("badges");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aSenderIsNotDelayedByOneThatIsStuck() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        CountDownLatch release = new CountDownLatch(1);
        try {
            connect("stuck", pool, event -> release.await());

            SendResult result = events.send(CREATED, CERTIFICATE);

            assertThat(result.isComplete()).isFalse();
            release.countDown();
            assertThat(result.completion().toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatTheyThrowIsLoggedAndInTheirResponse() {
        connect("broken", later, event -> {
            throw new IllegalStateException("no badge left");
        });
        SendResult result = events.send(CREATED, CERTIFICATE);

        tasks.remove().run();

        assertThat(result.completion().toCompletableFuture().join().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failure()).hasMessage("no badge left"));
        assertThat(log.errors()).singleElement().asString().contains("broken", CREATED.eventType());
    }

    @Test
    void evenAFailingJvmDoesNotLeaveTheCompletionWithoutAnAnswer() {
        connect("greedy", later, event -> {
            throw new OutOfMemoryError("of a test");
        });
        SendResult result = events.send(CREATED, CERTIFICATE);

        tasks.remove().run();

        assertThat(result.completion().toCompletableFuture().join().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failure()).isInstanceOf(OutOfMemoryError.class));
    }

    @Test
    void anExecutorThatRefusesIsAFailureOfItsReceiverOnly() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdown();
        connect("refused", closed, event -> heard.add("refused"));
        connect(
                "broken executor",
                task -> {
                    throw new IllegalStateException("not started");
                },
                event -> heard.add("broken executor"));
        events.connect(CREATED, event -> heard.add("after"));

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("after");
        assertThat(result.isComplete()).isTrue();
        assertThat(result.completion().toCompletableFuture().join().failures())
                .extracting(Response::receiverName)
                .containsExactly("refused", "broken executor");
        assertThat(result.completion()
                        .toCompletableFuture()
                        .join()
                        .failures()
                        .get(0)
                        .failure())
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(log.errors()).hasSize(2).first().asString().contains("refused", CREATED.eventType());
    }

    @Test
    void anErrorOfAnExecutorIsAFailureOfItsReceiverOnly() {
        connect(
                "broken pool",
                task -> {
                    throw new NoClassDefFoundError("of the pool");
                },
                event -> heard.add("broken pool"));
        events.connect(CREATED, event -> heard.add("after"));

        SendResult result = events.send(CREATED, CERTIFICATE);

        assertThat(heard).containsExactly("after");
        assertThat(result.isComplete()).isTrue();
        assertThat(result.completion().toCompletableFuture().join().failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.receiverName()).isEqualTo("broken pool");
                    assertThat(failure.failure()).isInstanceOf(NoClassDefFoundError.class);
                });
        assertThat(log.errors()).singleElement().asString().contains("broken pool", CREATED.eventType());
    }

    private void connect(String id, Executor executor, Receiver<Examples.Certificate> receiver) {
        events.connect(CREATED, receiver, ReceiverOptions.id(id).on(executor));
    }
}
