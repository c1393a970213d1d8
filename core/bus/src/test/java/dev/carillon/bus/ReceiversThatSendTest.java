package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.consumer.StopReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What receivers send while events are delivered to them. */
class ReceiversThatSendTest extends EngineTest {

    private void forward() {
        events.connect(LENT, "forwarding", event -> {
            heard.add(event.data().days());
            assertThat(bus().producer()
                            .send(RETURNED, "returns", "loan.book", event.data(), events.newMetadata(RETURNED)))
                    .isNotNull();
        });
    }

    @Test
    void anEventIsNotAcknowledgedBeforeTheBrokerHasWhatItsReceiverSent() {
        publish(1);
        forward();
        broker.holdsSends = true;
        EventConsumer consumer = consumer(options());
        CompletableFuture<StopReason> end = start(consumer);
        until("the output to be on its way", () -> broker.pendingSends() == 1);
        int polls = broker.keptAlive.get();
        until(
                "the consumer to go on",
                () -> broker.keptAlive.get() > polls || consumer.counts().received() == 1);
        assertThat(consumer.counts().acknowledged()).isZero();

        assertThat(broker.answerOne()).isTrue();

        until("the acknowledgement", () -> consumer.counts().acknowledged() == 1);
        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        assertThat(consumer.counts().failed()).isZero();
    }

    @Test
    void anEventWhoseOutputFailsIsDeliveredAgain() {
        publish(1);
        forward();
        broker.sendsToFail.set(1);
        EventConsumer consumer = consumer(options().withRetries(quick(2)));
        CompletableFuture<StopReason> end = start(consumer);

        until("the acknowledgement", () -> consumer.counts().acknowledged() == 1);

        assertThat(heard).containsExactly(0L, 0L);
        assertThat(consumer.counts().retried()).isEqualTo(1);
        assertThat(consumer.counts().failed()).isZero();
        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void anEventWhoseOutputFailsIsDeliveredAgainBeforeThoseBehindItOnItsKey() {
        publish(3);
        forward();
        broker.holdsSends = true;
        broker.pendingSendsToFail.set(1);
        EventConsumer consumer = consumer(options().withRetries(quick(2)));
        CompletableFuture<StopReason> end = start(consumer);

        until("everything", () -> {
            broker.answerOne();
            return consumer.counts().acknowledged() == 3;
        });

        assertThat(heard).containsExactly(0L, 0L, 1L, 2L);
        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void anEventWhoseReceiverSendsAndThenFailsIsDeliveredAgainBeforeThoseBehindItOnItsKey() {
        publish(3);
        AtomicInteger failures = new AtomicInteger(1);
        forward();
        events.connect(LENT, "failing once", event -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("torn");
            }
            heard.add(100 + event.data().days());
        });
        broker.holdsSends = true;
        EventConsumer consumer = consumer(options().withRetries(quick(2)));
        CompletableFuture<StopReason> end = start(consumer);

        until("everything", () -> {
            broker.answerOne();
            return consumer.counts().acknowledged() == 3;
        });

        assertThat(heard).containsExactly(0L, 100L, 1L, 101L, 2L, 102L);
        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void whatIsReadIsFinishedAtTheEndHoweverMuchOfItWaitsForAcknowledgements() {
        publish(100);
        forward();
        EventConsumer consumer = consumer(options().withConcurrency(1).withMaxInFlight(20));
        broker.holdsSends = true;
        CompletableFuture<StopReason> end = start(consumer);
        until("sends", () -> broker.pendingSends() > 0);
        consumer.stop();

        until("the end", () -> {
            broker.answerOne();
            return end.isDone();
        });

        assertThat(consumer.counts().acknowledged())
                .isEqualTo(consumer.counts().received())
                .isEqualTo(heard.size());
    }

    private static RetryPolicy quick(int attempts) {
        return RetryPolicy.defaults().withMaxAttempts(attempts).withDelays(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    @Test
    void aReceiverMayCloseTheBusWithoutWaitingForItself() {
        publish(1);
        AtomicInteger returned = new AtomicInteger();
        events.connect(LENT, "closing", event -> {
            bus().close();
            returned.incrementAndGet();
        });
        EventConsumer consumer = consumer(options());

        CompletableFuture<StopReason> end = start(consumer);

        assertThat(end).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(StopReason.STOPPED);
        assertThat(returned).hasValue(1);
        assertThat(consumer.counts().acknowledged()).isEqualTo(1);
        bus().close();
    }
}
