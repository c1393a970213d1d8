package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.Examples.Loan;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Keys that fail, hang or wait for the broker keep no others waiting, and take no more memory than they may. */
@SuppressWarnings("FutureReturnValueIgnored") // what the consumer and its sends come to is seen in its counts
class WaitingUnderPressureTest extends EngineTest {

    private final AtomicInteger others = new AtomicInteger();

    private ConsumerOptions tryingAgain(int maxInFlight) {
        Duration wait = Duration.ofMillis(50);
        return options()
                .withMaxInFlight(maxInFlight)
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(Integer.MAX_VALUE)
                        .withDelays(wait, wait));
    }

    private void lend(String topic, String book, long days, int size) {
        Loan loan = new Loan(book, days, null, List.of("x".repeat(size)), Map.of());
        bus().producer()
                .send(LENT, topic, "loan.book", loan, events.newMetadata(LENT))
                .join();
    }

    private void lend(String book, int count) {
        for (int days = 0; days < count; days++) {
            lend("books", book, days, 0);
        }
    }

    private void lendOthers(int count) {
        for (int i = 0; i < count; i++) {
            lend("books", "other" + i, i, 0);
        }
    }

    @Test
    void aKeyThatFailsAgainAfterItWentOnStarvesNoOther() {
        AtomicLong failsFrom = new AtomicLong();
        AtomicLong done = new AtomicLong();
        events.connect(LENT, "moody", event -> {
            if (!event.data().book().equals("Emma")) {
                others.incrementAndGet();
            } else if (event.data().days() >= failsFrom.get()) {
                throw new IllegalStateException("out of ink");
            } else {
                done.incrementAndGet();
            }
        });
        lend("Emma", 600);
        EventConsumer consumer = consumer(tryingAgain(40));
        start(consumer);
        until("deferred messages", () -> consumer.health().deferredMessages() > 500);

        failsFrom.set(120);
        until("a key that went on and fails again", () -> done.get() == 120);
        lendOthers(100);

        until("all others", () -> others.get() == 100);
        failsFrom.set(600);
        until("all", () -> consumer.counts().acknowledged() == 700);
    }

    @Test
    void howeverManyKeysFailNoMoreOfThemAreInMemoryThanMayBe() {
        CountDownLatch hang = new CountDownLatch(1);
        AtomicBoolean broken = new AtomicBoolean(true);
        events.connect(LENT, "hanging", event -> {
            hang.await();
            if (broken.get()) {
                throw new IllegalStateException("no database");
            }
        });
        lendOthers(1_000);
        EventConsumer consumer = consumer(tryingAgain(100));
        start(consumer);
        until("deferred messages", () -> consumer.health().deferredMessages() > 900);

        hang.countDown();
        until("many failures", () -> consumer.counts().retried() > 1_000);

        assertThat(consumer.health().deferredMessages()).isBetween(890, 1_000);
        broken.set(false);
        until("all", () -> consumer.counts().acknowledged() == 1_000);
    }

    @Test
    void deferredMessagesOfDifferentKeysAreReadAgainTogether() {
        CountDownLatch hang = new CountDownLatch(1);
        events.connect(LENT, "hanging", event -> hang.await());
        lendOthers(1_000);
        EventConsumer consumer = consumer(tryingAgain(100));
        start(consumer);
        until("deferred messages", () -> consumer.health().deferredMessages() > 900);

        hang.countDown();
        until("all", () -> consumer.counts().acknowledged() == 1_000);

        assertThat(broker.readAgainCalls).hasPositiveValue().hasValueLessThan(300);
    }

    @Test
    void aKeyWhoseSendsAreNotAcknowledgedStarvesNoOtherOfItsWorker() {
        events.connect(LENT, "sending", event -> {
            if (event.data().book().equals("Emma")) {
                bus().producer().send(RETURNED, "returns", "loan.book", event.data(), events.newMetadata(RETURNED));
            } else {
                others.incrementAndGet();
            }
        });
        lend("Emma", 60);
        lendOthers(40);
        broker.holdsSends = true;
        EventConsumer consumer = consumer(tryingAgain(40));
        start(consumer);

        until("all others", () -> others.get() == 40);
        broker.holdsSends = false;
        until("all", () -> {
            broker.answerOne();
            return consumer.counts().acknowledged() == 100;
        });
    }

    @Test
    void aTopicThatCannotBeReadAgainKeepsNoOtherWaiting() {
        set("CONSUMER_POLL_FAILURE_SLEEP", 1);
        AtomicBoolean broken = new AtomicBoolean(true);
        events.connect(LENT, "moody", event -> {
            if (broken.get()) {
                throw new IllegalStateException("out of ink");
            }
            others.incrementAndGet();
        });
        for (int days = 0; days < 200; days++) {
            lend("books", "Emma", days, 0);
            lend("films", "Persuasion", days, 0);
        }
        EventConsumer consumer = bus().consumer(List.of("books", "films"), "readers", tryingAgain(40));
        start(consumer);
        until("deferred messages", () -> consumer.health().deferredMessages() > 300);

        broker.readsNothingAgainOf = "books";
        broken.set(false);

        until("all of the other topic", () -> others.get() >= 200);
        broker.readsNothingAgainOf = null;
        until("all", () -> consumer.counts().acknowledged() == 400);
    }

    @Test
    void aKeyWhoseMessagesCannotBeReadAgainLeavesItsMemoryToOthers() {
        AtomicBoolean broken = new AtomicBoolean(true);
        events.connect(LENT, "moody", event -> {
            if (broken.get()) {
                throw new IllegalStateException("out of ink");
            }
            if (event.data().book().startsWith("film")) {
                others.incrementAndGet();
            }
        });
        lend("Emma", 100);
        EventConsumer consumer = bus().consumer(List.of("books", "films"), "readers", tryingAgain(40));
        start(consumer);
        until("deferred messages", () -> consumer.health().deferredMessages() > 80);
        broker.readsNothingAgainOf = "books";
        int before = broker.readAgainCalls.get();
        broken.set(false);
        until("its messages to be read again in vain", () -> broker.readAgainCalls.get() > before);

        broken.set(true);
        for (int days = 0; days < 10; days++) {
            for (int film = 0; film < 8; film++) {
                lend("films", "film" + film, days, 0);
            }
        }
        until("messages behind them", () -> consumer.health().deferredMessages() > 130);
        broken.set(false);

        until("all of the other topic", () -> others.get() == 80);
        broker.readsNothingAgainOf = null;
        until("all", () -> consumer.counts().acknowledged() == 180);
    }

    @Test
    void largeMessagesBehindAReceiverThatHangsLeaveMemoryForOthers() {
        CountDownLatch hang = new CountDownLatch(1);
        events.connect(LENT, "hanging", event -> {
            if (event.data().book().equals("Emma")) {
                hang.await();
            } else {
                others.incrementAndGet();
            }
        });
        for (int days = 0; days < 100; days++) {
            lend("books", "Emma", days, 20_000);
        }
        lendOthers(100);
        EventConsumer consumer = consumer(tryingAgain(2_000).withConcurrency(8).withMaxInFlightBytes(1_000_000));
        start(consumer);

        until("those of the other workers", () -> others.get() >= 70);
        hang.countDown();
        until("all", () -> consumer.counts().acknowledged() == 200);
    }
}
