package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.events.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A receiver that is disconnected, and possibly connected again, while its event waits for a retry. */
class ReconnectedReceiverTest extends EngineTest {

    private final AtomicReference<Subscription> shelf = new AtomicReference<>();
    private final AtomicInteger others = new AtomicInteger();
    private final List<Long> shelved = new CopyOnWriteArrayList<>();

    private ConsumerOptions options(int events) {
        return options()
                .withMaxEvents(events)
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(3)
                        .withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private void failOnceAnd(Runnable then) {
        shelf.set(events.connect(LENT, "shelf", event -> {
            requireNonNull(shelf.get()).disconnect();
            then.run();
            throw new IllegalStateException("replaced");
        }));
        events.connect(LENT, "other", event -> others.incrementAndGet());
    }

    @Test
    void theRetryCallsTheNewReceiverAndNotThoseThatHaveHandledTheEvent() {
        publish(2);
        failOnceAnd(() ->
                events.connect(LENT, "shelf", event -> shelved.add(event.data().days())));
        EventConsumer consumer = consumer(options(2));

        assertThat(consumer.run()).isEqualTo(StopReason.MAX_EVENTS);

        assertThat(shelved).containsExactly(0L, 1L);
        assertThat(others).hasValue(2);
        assertThat(consumer.counts().failed()).isZero();
        assertThat(consumer.counts().retried()).isEqualTo(1);
    }

    @Test
    void withoutANewReceiverTheEventFails() {
        publish(2);
        failOnceAnd(() -> {});
        EventConsumer consumer = consumer(options(2));

        assertThat(consumer.run()).isEqualTo(StopReason.MAX_EVENTS);

        assertThat(consumer.counts().failed()).isEqualTo(1);
        assertThat(consumer.counts().retried()).isEqualTo(2);
        assertThat(others).hasValue(2);
    }
}
