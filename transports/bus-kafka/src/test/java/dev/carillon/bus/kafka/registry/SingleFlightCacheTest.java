package dev.carillon.bus.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SingleFlightCacheTest {

    private static final Duration TTL = Duration.ofSeconds(1);

    private final AtomicLong nanoTime = new AtomicLong();
    private final AtomicInteger loads = new AtomicInteger();

    private <K, V> SingleFlightCache<K, V> cache() {
        return new SingleFlightCache<>(failure -> TTL, nanoTime::get);
    }

    private String fail(Object key) {
        loads.incrementAndGet();
        throw new IllegalStateException("no value for " + key);
    }

    @Test
    void anErrorReleasesWaitingCallersAndIsNotCached() throws Exception {
        SingleFlightCache<String, String> cache = cache();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> loading = new CompletableFuture<>();
        Thread owner = thread(
                loading,
                () -> cache.get("key", key -> {
                    awaitQuietly(release);
                    throw new OutOfMemoryError("Requested array size exceeds VM limit");
                }));
        await("the owner to load").until(() -> owner.getState() == Thread.State.WAITING);
        CompletableFuture<String> waiting = new CompletableFuture<>();
        Thread waiter = thread(waiting, () -> cache.get("key", key -> "loaded twice"));
        await("the other caller to wait").until(() -> waiter.getState() == Thread.State.WAITING);

        release.countDown();

        assertThatThrownBy(loading::join).hasCauseInstanceOf(OutOfMemoryError.class);
        waiter.join(10_000);
        assertThat(waiting).isCompletedExceptionally();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(cache.get("key", key -> "value")).isEqualTo("value");
    }

    @Test
    void aSlowLoadDelaysNoOtherKey() throws Exception {
        SingleFlightCache<Integer, String> cache = cache();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> slow = new CompletableFuture<>();
        Thread owner = thread(
                slow,
                () -> cache.get(-1, key -> {
                    awaitQuietly(release);
                    return "slow";
                }));
        await("the slow load").until(() -> owner.getState() == Thread.State.WAITING);

        CompletableFuture<String> others = new CompletableFuture<>();
        thread(others, () -> {
            for (int key = 0; key < 10_000; key++) { // enough keys to share every bin of a hash table
                cache.get(key, each -> "fast");
            }
            return "done";
        });

        assertThat(others).succeedsWithin(Duration.ofSeconds(30));
        release.countDown();
        assertThat(slow).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("slow");
    }

    @Test
    void anExceptionIsCachedUntilItExpires() {
        SingleFlightCache<String, String> cache = cache();
        assertThatThrownBy(() -> cache.get("key", this::fail)).hasMessage("no value for key");
        nanoTime.addAndGet(TTL.toNanos() - 1);
        assertThatThrownBy(() -> cache.get("key", this::fail)).hasMessage("no value for key");
        assertThat(loads).hasValue(1);

        nanoTime.addAndGet(1);

        assertThat(cache.get("key", key -> "value")).isEqualTo("value");
    }

    @Test
    void valuesStayHoweverManyLoadsFail() {
        SingleFlightCache<Integer, String> cache = cache();
        for (int key = 0; key < 2_000; key++) {
            cache.get(key, each -> "value");
        }
        for (int key = 2_000; key < 10_000; key++) {
            int unknown = key;
            assertThatThrownBy(() -> cache.get(unknown, this::fail)).isInstanceOf(IllegalStateException.class);
        }
        nanoTime.addAndGet(Duration.ofDays(365).toNanos());

        for (int key = 0; key < 2_000; key++) {
            assertThat(cache.get(key, this::fail)).isEqualTo("value");
        }
    }

    @Test
    void atMostAThousandExceptionsAreCached() {
        SingleFlightCache<Integer, String> cache = cache();
        for (int round = 0; round < 2; round++) {
            for (int key = 0; key < 5_000; key++) {
                int unknown = key;
                assertThatThrownBy(() -> cache.get(unknown, this::fail)).isInstanceOf(IllegalStateException.class);
            }
        }

        assertThat(loads).hasValueGreaterThanOrEqualTo(9_000);
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
