package dev.carillon.bus.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RememberedTest {

    @Test
    void anErrorWhileAskingReleasesThoseWhoWaitAndIsNotRemembered() throws Exception {
        Remembered<String, String> remembered = new Remembered<>(failure -> false, 1_000, 1_000, () -> 0);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<String> asking = new CompletableFuture<>();
        Thread owner = thread(
                asking,
                () -> remembered.get("key", key -> {
                    awaitQuietly(letGo);
                    throw new OutOfMemoryError("Requested array size exceeds VM limit");
                }));
        await("the owner to ask").until(() -> owner.getState() == Thread.State.WAITING);
        CompletableFuture<String> waiting = new CompletableFuture<>();
        Thread waiter = thread(waiting, () -> remembered.get("key", key -> "asked twice"));
        await("the other to wait").until(() -> waiter.getState() == Thread.State.WAITING);

        letGo.countDown();

        assertThatThrownBy(asking::join).hasCauseInstanceOf(OutOfMemoryError.class);
        waiter.join(10_000);
        assertThat(waiting).isCompletedExceptionally();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(remembered.get("key", key -> "answer")).isEqualTo("answer");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread thread(CompletableFuture<String> result, java.util.function.Supplier<String> work) {
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
