package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.FailedDelivery;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.consumer.FailurePolicy.UndecodableMessage;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.consumer.TooManyErrorsException;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.events.Signal;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Failures of the broker, of the failure policy and of receivers' threads. */
class ConsumerFailuresTest extends EngineTest {

    @Test
    void aPollThatFailsIsCountedAndTriedAgain() {
        publish(3);
        hear();
        broker.pollsToFail.set(4);
        EventConsumer consumer = consumer(options().withMaxEvents(3));

        assertThat(consumer.run()).isEqualTo(StopReason.MAX_EVENTS);

        assertThat(heard).containsExactly(0L, 1L, 2L);
        assertThat(consumer.counts().brokerErrors()).isEqualTo(4);
    }

    @Test
    void anAcknowledgementThatFailsIsMadeUpForAndNothingIsDeliveredAgain() {
        publish(50);
        hear();
        broker.acknowledgementsToFail.set(3);
        EventConsumer consumer = consumer(options().withMaxEvents(50).withBatchSize(10));

        assertThat(consumer.run()).isEqualTo(StopReason.MAX_EVENTS);

        assertThat(heard).hasSize(50).doesNotHaveDuplicates();
        assertThat(consumer.counts().acknowledged()).isEqualTo(50);
        assertThat(consumer.counts().brokerErrors()).isEqualTo(3);
        publish(1);
        assertThat(consumer(options().withMaxEvents(1)).run()).isEqualTo(StopReason.MAX_EVENTS);
        assertThat(heard).hasSize(51);
    }

    @Test
    void whatIsFinishedIsAcknowledgedEvenWhereNothingIsWaitedFor() {
        publish(5);
        hear();
        broker.acknowledgementsToFail.set(Integer.MAX_VALUE);
        EventConsumer consumer = consumer(options().withDrainTimeout(Duration.ZERO));
        CompletableFuture<StopReason> end = start(consumer);
        until("all finished", () -> String.valueOf(broker.lastToAcknowledge).contains("0:4"));

        broker.acknowledgementsToFail.set(0);
        consumer.stop();

        assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(StopReason.STOPPED);
        assertThat(consumer.counts().acknowledged()).isEqualTo(5);
    }

    @Test
    void stoppingDoesNotWaitForABrokerLongerThanTheDrainTimeout() {
        publish(5);
        hear();
        broker.acknowledgementsToFail.set(Integer.MAX_VALUE);
        EventConsumer consumer = consumer(options().withDrainTimeout(Duration.ofMillis(50)));
        CompletableFuture<StopReason> end = start(consumer);
        until("all delivered", () -> consumer.counts().delivered() == 5);
        try (CapturedLog log = new CapturedLog()) {
            consumer.stop();

            assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(StopReason.STOPPED);
            assertThat(consumer.counts().acknowledged()).isZero();
            assertThat(log.warnings()).anyMatch(line -> line.contains("5 unfinished messages"));
        }
    }

    @Test
    void errorsOfTheBrokerCountTowardsTheLimit() {
        set("CONSUMER_CONSECUTIVE_ERRORS_LIMIT", 5);
        hear();
        broker.pollsToFail.set(Integer.MAX_VALUE);

        assertThatThrownBy(() -> consumer(options()).run())
                .isInstanceOf(TooManyErrorsException.class)
                .hasMessageContaining("5 consecutive errors");
    }

    @Test
    void pastTheLimitOfErrorsNothingMoreOfABatchIsBegun() {
        set("CONSUMER_CONSECUTIVE_ERRORS_LIMIT", 3);
        publish(100);
        List<Long> failed = Collections.synchronizedList(new ArrayList<>());
        events.connect(LENT, event -> {
            failed.add(event.data().days());
            throw new IllegalStateException("torn");
        });
        EventConsumer consumer = consumer(options().withConcurrency(1));

        assertThatThrownBy(consumer::run).isInstanceOf(TooManyErrorsException.class);

        assertThat(failed).containsExactly(0L, 1L, 2L);
        assertThat(consumer.counts().acknowledged()).isEqualTo(3);
    }

    @Test
    void theLimitOfErrorsIsThrownAlsoWhenOtherWorkersSucceedAfterwards() throws Exception {
        set("CONSUMER_CONSECUTIVE_ERRORS_LIMIT", 1);
        CountDownLatch slowHasBegun = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        events.connect(LENT, event -> {
            if (event.data().book().equals("slow")) {
                slowHasBegun.countDown();
                failed.await();
            } else {
                slowHasBegun.await();
                failed.countDown();
                throw new IllegalStateException("torn");
            }
        });
        FailurePolicy policy = new FailurePolicy.Callback() {
            @Override
            public void receiverFailed(FailedDelivery delivery) {
                failed.countDown();
            }

            @Override
            public void undecodable(UndecodableMessage message) {}
        };
        send(Examples.loan("slow", 1)).join();
        send(Examples.loan("Emma", 2)).join();
        EventConsumer consumer = consumer(options().withConcurrency(64).withFailurePolicy(policy));

        assertThatThrownBy(consumer::run).isInstanceOf(TooManyErrorsException.class);

        assertThat(consumer.counts().delivered()).isEqualTo(2);
        assertThat(consumer.counts().acknowledged()).isEqualTo(2);
    }

    @Test
    void aPolicyThatFailsLosesNothing() {
        publish(20);
        events.connect(LENT, "failing", event -> {
            throw new IllegalStateException("torn");
        });
        events.connect(LENT, "failing too", event -> {
            throw new IllegalStateException("stained");
        });
        hear();
        List<String> reported = Collections.synchronizedList(new ArrayList<>());
        EventConsumer consumer = consumer(options().withMaxEvents(20).withFailurePolicy(new FailurePolicy.Callback() {
            @Override
            public void receiverFailed(FailedDelivery failed) {
                reported.add(failed.receiverName());
                throw new IllegalStateException("no ink");
            }

            @Override
            public void undecodable(UndecodableMessage message) {
                throw new IllegalStateException("no ink");
            }
        }));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(consumer.run()).isEqualTo(StopReason.MAX_EVENTS);

            assertThat(heard).hasSize(20);
            assertThat(reported).hasSize(40).contains("failing", "failing too");
            assertThat(consumer.counts().acknowledged()).isEqualTo(20);
            assertThat(log.errors()).anyMatch(line -> line.contains("Failure policy failed on books@0:7"));
        }
    }

    @Test
    void aListenerThatFailsStopsNothing() {
        publish(1);
        hear();
        broker.incident = new GroupIncident(Kind.TRIMMED, "books", "readers", 7, "from 1 to 8");
        List<GroupIncident> reported = new ArrayList<>();
        EventConsumer consumer = consumer(options().withMaxEvents(1).withListener(incident -> {
            reported.add(incident);
            throw new AssertionError("no alarm"); // an Error, too
        }));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(consumer.run()).isEqualTo(StopReason.MAX_EVENTS);

            assertThat(reported).hasSize(1);
            assertThat(consumer.counts().incidents()).isEqualTo(1);
            assertThat(consumer.counts().lost()).isEqualTo(7);
            assertThat(consumer.counts().brokerErrors()).isZero();
            assertThat(log.errors())
                    .anyMatch(line -> line.contains("TRIMMED in topic books, group readers: 7 messages; from 1 to 8"))
                    .anyMatch(line -> line.contains("Consumer listener failed on incident TRIMMED"));
        }
    }

    @Test
    void whatHasBecomeAnotherMembersMeanwhileIsNotBegunWith() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        events.connect(LENT, "slow", event -> {
            heard.add(event.data().days());
            begun.countDown();
            goOn.await();
        });
        publish(3);
        EventConsumer consumer = consumer(options());
        CompletableFuture<StopReason> end = start(consumer);
        begun.await();

        broker.ownsEverything = false;
        goOn.countDown();

        until("the first acknowledged", () -> consumer.counts().acknowledged() == 1);
        consumer.stop();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        assertThat(heard).containsExactly(0L);
    }

    record Ticket(String seat, int row) {
        static final AtomicBoolean REFUSES = new AtomicBoolean();

        Ticket {
            if (row == 0 && REFUSES.get()) {
                throw new AssertionError("row 0 is for the orchestra");
            }
        }
    }

    @Test
    void anErrorOfARecordsConstructorMakesTheMessageADeadLetterAndEndsNothing() {
        Signal<Ticket> sold = Signal.of("org.example.theatre.ticket.sold.v1", "ticket", Ticket.class);
        List<Integer> rows = Collections.synchronizedList(new ArrayList<>());
        events.connect(sold, "rows", event -> rows.add(event.data().row()));
        for (int row = 0; row < 2; row++) {
            bus().producer()
                    .send(sold, "books", "ticket.seat", new Ticket("seat", row), events.newMetadata(sold))
                    .join();
        }
        Ticket.REFUSES.set(true);
        EventConsumer consumer = consumer(options().withKeyField(sold, "ticket.seat"));
        CompletableFuture<StopReason> end = start(consumer);

        until("both acknowledged", () -> consumer.counts().acknowledged() == 2);

        assertThat(rows).containsExactly(1);
        assertThat(bus().deadLetters("books", "readers").list())
                .singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter.cause().text())
                        .contains(AssertionError.class.getName())
                        .doesNotContain("orchestra"));
        consumer.close();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aReceiverThatLeavesItsThreadInterruptedDoesNotStopItsWorker() {
        publish(10);
        events.connect(LENT, "leaving", event -> Thread.currentThread().interrupt());
        events.connect(LENT, "throwing", event -> {
            throw new InterruptedException("by other code");
        });
        hear();
        EventConsumer consumer =
                consumer(options().withConcurrency(1).withBatchSize(3).withMaxEvents(10));

        assertThat(consumer.run()).isEqualTo(StopReason.MAX_EVENTS);

        assertThat(heard).hasSize(10);
        assertThat(consumer.counts().acknowledged()).isEqualTo(10);
    }

    @Test
    void receiversInterruptedAtTheEndOfDrainingAreNotReportedToThePolicyAndNothingFollows() throws Exception {
        publish(5);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        events.connect(LENT, event -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted, and not saying so", e);
            } finally {
                left.countDown();
            }
        });
        hear();
        List<FailedDelivery> reported = Collections.synchronizedList(new ArrayList<>());
        EventConsumer consumer = consumer(options()
                .withConcurrency(1)
                .withDrainTimeout(Duration.ZERO)
                .withFailurePolicy(new FailurePolicy.Callback() {
                    @Override
                    public void receiverFailed(FailedDelivery failed) {
                        reported.add(failed);
                    }

                    @Override
                    public void undecodable(UndecodableMessage message) {}
                }));
        CompletableFuture<StopReason> end = start(consumer);
        entered.await();

        consumer.close();
        left.await();

        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
        until(
                "the worker to end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("carillon-readers-worker")));
        assertThat(reported).isEmpty();
        assertThat(heard).hasSizeLessThan(2);
        assertThat(consumer.counts().delivered()).isZero();
        assertThat(consumer.counts().acknowledged()).isZero();
    }

    @Test
    void aStoreOfDeadLettersThatDoesNotAnswerKeepsTheEventsWaitingAndThePollingThreadAlive() throws Exception {
        publish(3);
        hear();
        broker.holdsStore = new CountDownLatch(1);
        EventConsumer consumer = consumer(options().withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK)));
        CompletableFuture<StopReason> end = start(consumer);
        until("a call of the store", () -> broker.storeCalls.get() > 0);

        Instant turn = requireNonNull(consumer.health().lastProgress());
        until(
                "more turns",
                () -> requireNonNull(consumer.health().lastProgress()).isAfter(turn));

        assertThat(heard).isEmpty();
        broker.holdsStore.countDown();
        until("all events", () -> heard.size() == 3);
        consumer.stop();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aDeadLetterThatTheBrokerRefusesBlocksItsKeyAloneAndHealthSaysSo() {
        events.connect(LENT, "failing", event -> {
            if (event.data().book().equals("Emma")) {
                throw new IllegalStateException("out of ink");
            }
        });
        hear();
        broker.refusesToKeep = true;
        List.of(Examples.loan("Emma", 1), Examples.loan("Emma", 2), Examples.loan("Persuasion", 3))
                .forEach(loan -> send(loan).join());
        EventConsumer consumer = consumer(options());
        CompletableFuture<StopReason> end = start(consumer);

        until("the other book", () -> heard.contains(3L));
        until("a blocked message", () -> !consumer.health().blocked().isEmpty());

        assertThat(heard).doesNotContain(2L);
        assertThat(consumer.health().blocked()).singleElement().asString().contains("books@0:0", "too large");
        assertThat(consumer.health().isReady(Instant.now())).isFalse();
        assertThat(consumer.health().isLive(Instant.now())).isTrue();
        consumer.stop();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void theGroupHearsFromAConsumerThatHasNoCapacityForMore() throws Exception {
        publish(5);
        CountDownLatch letGo = new CountDownLatch(1);
        events.connect(LENT, event -> letGo.await());
        EventConsumer consumer = consumer(options().withMaxInFlight(2));
        CompletableFuture<StopReason> end = start(consumer);
        until("no capacity", () -> consumer.counts().received() == 2);

        until("a sign of life", () -> broker.keptAlive.get() > 0);

        assertThat(consumer.counts().received()).isEqualTo(2);
        letGo.countDown();
        consumer.stop();
        assertThat(end).succeedsWithin(Duration.ofSeconds(10));
    }
}
