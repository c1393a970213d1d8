package dev.carillon.events;

import static dev.carillon.events.Examples.CERTIFICATE;
import static dev.carillon.events.Examples.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connecting, disconnecting and sending at once, from many threads. */
class ConcurrencyTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 500;

    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final Events events = Examples.events();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void noEventAndNoIdIsLostOrDoubled() throws Exception {
        Set<UUID> ids = ConcurrentHashMap.newKeySet();
        AtomicInteger heard = new AtomicInteger();
        events.connect(CREATED, event -> {
            ids.add(event.metadata().id());
            heard.incrementAndGet();
        });

        atOnce(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                events.send(CREATED, CERTIFICATE);
            }
            return thread;
        });

        assertThat(heard).hasValue(THREADS * ROUNDS);
        assertThat(ids).hasSize(THREADS * ROUNDS);
    }

    @Test
    void underOneIdOneOfManyIsConnected() throws Exception {
        for (int round = 0; round < ROUNDS / 10; round++) {
            String id = "award " + round;
            List<Subscription> subscriptions = atOnce(thread -> events.connect(CREATED, id, event -> {}));

            assertThat(subscriptions).containsOnly(subscriptions.get(0));
        }
        assertThat(events.send(CREATED, CERTIFICATE).responses()).hasSize(ROUNDS / 10);
    }

    @Test
    void whoStaysHearsEverythingWhileOthersComeAndGo() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        events.connect(CREATED, "stays", event -> heard.incrementAndGet());

        atOnce(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                Subscription subscription = events.connect(CREATED, "comes and goes " + thread, event -> {});
                assertThat(events.send(CREATED, CERTIFICATE).responses())
                        .extracting(Response::receiverName)
                        .startsWith("stays")
                        .contains("comes and goes " + thread)
                        .doesNotHaveDuplicates();
                subscription.disconnect();
            }
            return thread;
        });

        assertThat(heard).hasValue(THREADS * ROUNDS);
        assertThat(events.send(CREATED, CERTIFICATE).responses()).hasSize(1);
    }

    @Test
    void aSignalFirstUsedByManyHasOneSetOfReceivers() throws Exception {
        for (int round = 0; round < ROUNDS / 10; round++) {
            Signal<String> fresh = Signal.of("org.example.fresh.round" + round, "text", String.class);

            atOnce(thread -> events.connect(fresh, "receiver " + thread, event -> {}));

            assertThat(events.send(fresh, "text").responses()).hasSize(THREADS);
        }
    }

    private <V> List<V> atOnce(Work<V> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<V>> tasks = IntStream.range(0, THREADS)
                .<Callable<V>>mapToObj(thread -> () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return work.run(thread);
                })
                .toList();
        List<V> results = new ArrayList<>();
        for (Future<V> result : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
            results.add(result.get());
        }
        return results;
    }

    private interface Work<V> {
        V run(int thread) throws Exception;
    }
}
