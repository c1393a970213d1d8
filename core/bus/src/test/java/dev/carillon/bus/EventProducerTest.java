package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.Examples.Loan;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.Interceptors;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventProducerTest {

    private static final Loan LOAN = Examples.loan("a-secret-book", 14);

    private final FaultyBroker broker = new FaultyBroker();
    private final Transport transport = broker.prepare(new SettingsReader(Settings.of(Map.of())), Optional.empty())
            .get();

    @Test
    void aSendWaitsWhileAsManyAsAllowedAreUnderWay() {
        broker.holdsSends = true;
        EventProducer producer = producer(Duration.ofDays(1));
        List<CompletableFuture<String>> sends = new ArrayList<>();
        for (int i = 0; i < EventProducer.MAX_IN_FLIGHT; i++) {
            sends.add(send(producer));
        }
        CompletableFuture<CompletableFuture<String>> oneMore = new CompletableFuture<>();
        Thread sender = new Thread(() -> oneMore.complete(send(producer)), "sender");
        sender.start();
        EngineTest.until("the sender to wait", () -> sender.getState() == Thread.State.TIMED_WAITING);
        assertThat(oneMore).isNotDone();
        assertThat(broker.pendingSends()).isEqualTo(EventProducer.MAX_IN_FLIGHT);

        assertThat(broker.answerOne()).isTrue();

        assertThat(oneMore).succeedsWithin(Duration.ofSeconds(10));
        assertThat(sends.get(0)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("0:0");
        while (broker.answerOne()) {
            assertThat(producer.acknowledgedCount()).isPositive();
        }
        assertThat(producer.acknowledgedCount()).isEqualTo(EventProducer.MAX_IN_FLIGHT + 1);
        producer.close();
    }

    @Test
    void aSendThatFindsNoCapacityForTooLongFails() {
        broker.holdsSends = true;
        EventProducer producer = producer(Duration.ofMillis(20));
        for (int i = 0; i < EventProducer.MAX_IN_FLIGHT; i++) {
            assertThat(send(producer)).isNotDone();
        }

        assertFails(send(producer), "10000 events are in flight");

        assertThat(producer.failedCount()).isEqualTo(1);
    }

    @Test
    void configuredPublishingDoesNotWaitForABrokerThatDoesNotRespond() {
        broker.holdsSends = true;
        EventProducer producer = producer(Duration.ofDays(1));
        for (int i = 0; i < EventProducer.MAX_IN_FLIGHT; i++) {
            producer.publish(LENT, "books", "loan.book", LOAN, METADATA);
        }

        producer.publish(LENT, "books", "loan.book", LOAN, METADATA);

        assertThat(producer.failedCount()).isEqualTo(1);
        assertThat(broker.pendingSends()).isEqualTo(EventProducer.MAX_IN_FLIGHT);
    }

    @Test
    void whatFollowsASendDoesNotRunInTheThreadOfTheClient() {
        broker.holdsSends = true;
        EventProducer producer = producer(Duration.ofDays(1));
        CompletableFuture<Thread> follower = send(producer).thenApply(position -> Thread.currentThread());

        Thread client = new Thread(broker::answerOne, "client");
        client.start();

        assertThat(follower).succeedsWithin(Duration.ofSeconds(10)).isNotSameAs(client);
    }

    @Test
    void whatPublishesWithItIsClosedBeforeIt() {
        EventProducer producer = producer(Duration.ofDays(1));
        List<CompletableFuture<String>> sent = new ArrayList<>();
        producer.addDependent(() -> sent.add(send(producer)));

        producer.close();

        assertThat(sent).singleElement().satisfies(send -> assertThat(send).isCompletedWithValue("0:0"));
    }

    @Test
    void whatTheBrokerDoesNotTakeFailsWithTheMetadataAndWithoutTheData() {
        broker.sendsToFail.set(1);
        EventProducer producer = producer(Duration.ofSeconds(1));
        AtomicReference<Throwable> seen = new AtomicReference<>();
        try (CapturedLog log = new CapturedLog()) {
            CompletableFuture<String> send = send(producer);

            assertThat(send.whenComplete((position, failure) -> seen.set(failure)))
                    .isCompletedExceptionally();
            assertThat(seen.get())
                    .isInstanceOfSatisfying(ProduceException.class, e -> {
                        assertThat(e.metadata()).isEqualTo(METADATA);
                        assertThat(e.topic()).isEqualTo("dev-books");
                        assertThat(e).hasCauseInstanceOf(TransportException.class);
                    })
                    .hasMessageContainingAll(METADATA.id().toString(), "dev-books", "nobody there");
            assertThat(log.errors())
                    .singleElement()
                    .asString()
                    .contains("topic=dev-books", METADATA.toJson(), "nobody there")
                    .doesNotContain("a-secret-book");
        }
        assertThat(producer.failedCount()).isEqualTo(1);
        assertThat(producer.acknowledgedCount()).isZero();
        assertThat(send(producer)).isCompletedWithValue("0:0");
        assertThat(producer.acknowledgedCount()).isEqualTo(1);
    }

    @Test
    void aTopicOfOddCharactersIsShownEscaped() {
        broker.sendsToFail.set(1);
        EventProducer producer = producer(Duration.ofSeconds(1));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(producer.send(LENT, "books\u001b[2J\nINFO all is fine", "loan.book", LOAN, METADATA))
                    .isCompletedExceptionally();

            assertThat(log.errors())
                    .singleElement()
                    .asString()
                    .contains("books\\u001b[2J\\u000aINFO all is fine")
                    .doesNotContain("\n", "\u001b");
        }
    }

    @Test
    void aBlankTopicIsRefused() {
        EventProducer producer = producer(Duration.ofSeconds(1));
        for (String blank : List.of("", " ", "\n")) {
            assertThatThrownBy(() -> producer.send(LENT, blank, "loan.book", LOAN, METADATA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("topic must not be blank");
            assertThatThrownBy(() -> producer.encode(LENT, blank, "loan.book", LOAN, METADATA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("topic must not be blank");
        }
        assertThat(producer.acknowledgedCount()).isZero();
    }

    @Test
    void whatWasEncodedBeforeIsTheCallersToReport() {
        broker.sendsToFail.set(1);
        EventProducer producer = producer(Duration.ofSeconds(1));
        EncodedEvent event = producer.encode(LENT, "books", "loan.book", LOAN, METADATA);
        try (CapturedLog log = new CapturedLog()) {
            assertFails(producer.send(event), "nobody there");

            assertThat(log.errors()).isEmpty();
        }
        assertThat(producer.failedCount()).isEqualTo(1);
        assertThat(producer.send(event)).isCompletedWithValue("0:0");
    }

    @Test
    void anEventWithoutItsKeyIsRefused() {
        assertFails(
                producer(Duration.ofSeconds(1)).send(LENT, "books", "loan.course.course_key", LOAN, METADATA),
                "the key field 'loan.course.course_key' is null");
    }

    @Test
    void aKeyFieldThatIsNotThereIsRefused() {
        assertFails(
                producer(Duration.ofSeconds(1)).send(LENT, "books", "loan.boko", LOAN, METADATA),
                "there is no 'boko' in Loan");
    }

    @Test
    void aKeyFieldThatIsNotThereIsRefusedEvenIfTheBrokerHasNoKeys() {
        broker.carriesKeys = false;
        EventProducer producer = producer(Duration.ofSeconds(1));

        assertFails(producer.send(LENT, "books", "loan.boko", LOAN, METADATA), "there is no 'boko' in Loan");
        assertThat(producer.send(LENT, "books", "loan.course.course_key", LOAN, METADATA))
                .as("its key is null")
                .isCompletedWithValue("0:0");
    }

    @Test
    void configuredPublishingWithoutKeysOnlyWarnsOfAKeyFieldWhenTheBusIsOpened() {
        broker.carriesKeys = false;
        EventProducer producer = producer(Duration.ofSeconds(1));

        producer.publish(LENT, "books", "loan.boko", LOAN, METADATA);

        assertThat(producer.acknowledgedCount()).isEqualTo(1);
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        broker.holdsSends = true;
        EventProducer producer = producer(Duration.ofDays(1));
        CompletableFuture<String> send = send(producer);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(producer::close);
        EngineTest.until("closing", () -> {
            CompletableFuture<String> late = send(producer);
            return late.isCompletedExceptionally();
        });
        assertThat(closing).isNotDone();

        while (broker.pendingSends() > 0) { // some may have been sent before it was closing
            broker.answerOne();
        }

        assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
        assertThat(send).isCompletedWithValue("0:0");
    }

    @Test
    void closingGivesUpOnABrokerThatDoesNotAnswer() {
        broker.holdsSends = true;
        EventProducer producer = producer(Duration.ofMillis(20));
        assertThat(send(producer)).isNotDone();
        try (CapturedLog log = new CapturedLog()) {
            producer.close();

            assertThat(log.warnings()).containsExactly("Closing with 1 events in flight");
        }
    }

    @Test
    void whatIsSentAfterClosingFailsAtOnceAndASecondCloseDoesNothing() {
        EventProducer producer = producer(Duration.ofDays(1));
        producer.close();

        producer.close();

        assertFails(send(producer), "the producer is closed");
    }

    private static void assertFails(CompletableFuture<String> send, String reason) {
        assertThat(send)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ProduceException.class)
                .withMessageContaining(reason)
                .withMessageNotContaining("a-secret-book");
    }

    private static CompletableFuture<String> send(EventProducer producer) {
        return producer.send(LENT, "books", "loan.book", LOAN, METADATA);
    }

    private EventProducer producer(Duration timeout) {
        return new EventProducer(
                transport,
                new EventCodecs(),
                new TopicNames(Optional.of("dev")),
                new AuditLog(false, "troubled"),
                new Interceptors(List.of()),
                timeout);
    }
}
