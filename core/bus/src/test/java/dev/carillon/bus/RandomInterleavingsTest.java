package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.Examples.Loan;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.consumer.StopReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails and whenever consumers end: nothing is lost, and a key's events are handled in order. */
@SuppressWarnings("FutureReturnValueIgnored") // what the sends come to is seen in the counts
class RandomInterleavingsTest extends EngineTest {

    private static final int EVENTS = 400;
    private static final int KEYS = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostAndEachKeyStaysInOrderWhateverFailsAndWheneverAConsumerEnds(long seed) {
        Random random = new Random(seed);
        Map<String, Long> newest = new ConcurrentHashMap<>();
        Map<String, String> disorder = new ConcurrentHashMap<>();
        events.connect(LENT, "moody", event -> {
            Loan loan = event.data();
            int dice = ThreadLocalRandom.current().nextInt(20);
            if (dice == 0) {
                bus().producer().send(RETURNED, "returns", "loan.book", loan, events.newMetadata(RETURNED));
            } else if (dice == 1) {
                Thread.currentThread().interrupt();
            } else if (dice < 4) {
                throw new IllegalStateException("torn");
            }
            @Nullable Long before = newest.get(loan.book());
            if (loan.days() > (before == null ? 0 : before + 1)) {
                disorder.put(loan.book(), loan.days() + " after " + before);
            }
            newest.merge(loan.book(), loan.days(), Math::max);
        });
        for (int i = 0; i < EVENTS; i++) {
            int key = i % KEYS;
            int size = random.nextInt(50) == 0 ? 20_000 : random.nextInt(200);
            Loan loan = new Loan("book" + key, i / KEYS, null, List.of("x".repeat(size)), Map.of());
            bus().producer()
                    .send(LENT, "books", "loan.book", loan, events.newMetadata(LENT))
                    .join();
        }
        broker.holdsSends = true;
        broker.failsOnceIn = 20;
        AtomicBoolean done = new AtomicBoolean();
        Thread answering = new Thread(() -> {
            while (!done.get()) {
                if (ThreadLocalRandom.current().nextInt(4) == 0) {
                    broker.pendingSendsToFail.set(ThreadLocalRandom.current().nextInt(2));
                }
                broker.answerOne();
                LockSupport.parkNanos(50_000);
            }
        });
        answering.setDaemon(true);
        answering.start();
        try {
            for (int run = 0; run < 8; run++) {
                EventConsumer consumer = consumer(chosen(random));
                CompletableFuture<StopReason> end = start(consumer);
                int some = run == 7 ? Integer.MAX_VALUE : random.nextInt(100);
                until("some of seed " + seed, () -> consumer.counts().delivered() >= some || isComplete(newest));
                consumer.close();
                assertThat(end).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(StopReason.STOPPED);
            }
        } finally {
            done.set(true);
        }

        assertThat(disorder).isEmpty();
        assertThat(isComplete(newest)).isTrue();
    }

    private static boolean isComplete(Map<String, Long> newest) {
        return newest.values().stream().mapToLong(days -> days + 1).sum() == EVENTS;
    }

    private ConsumerOptions chosen(Random random) {
        return options()
                .withConcurrency(List.of(1, 2, 3, 64).get(random.nextInt(4)))
                .withMaxInFlight(List.of(1, 2, 5, 20, 500).get(random.nextInt(5)))
                .withMaxDeferred(List.of(1, 7, 1_000).get(random.nextInt(3)))
                .withMaxInFlightBytes(List.of(1L, 10_000L, 1_000_000L).get(random.nextInt(3)))
                .withBatchSize(List.of(1, 10, 500).get(random.nextInt(3)))
                .withDrainTimeout(Duration.ofMillis(List.of(0, 5, 5_000).get(random.nextInt(3))))
                .withHealthCheck(() -> ThreadLocalRandom.current().nextInt(5) > 0, Duration.ofMillis(3))
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(Integer.MAX_VALUE)
                        .withDelays(Duration.ZERO, Duration.ofMillis(3)));
    }
}
