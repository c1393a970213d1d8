package dev.carillon.bus.internal.consumer;

import static dev.carillon.bus.Examples.position;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.Examples;
import dev.carillon.bus.Examples.Loan;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.ProducerConfig.TopicConfig;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.events.Signal;
import dev.carillon.testing.CapturedLog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkerChooserTest {

    private static final int CONCURRENCY = 8;
    private static final Map<String, String> BY_BOOK = Map.of(Examples.LENT.eventType(), "loan.book");

    private final EventCodec<Loan> codec = new EventCodecs().of(Examples.LENT);
    private final InFlightMessages inFlight = new InFlightMessages(AckMode.INDIVIDUAL, OwnTopics.NONE);

    @Test
    void eventsOfOneKeyHaveOneWorkerAndManyKeysUseAllWorkers() {
        WorkerChooser chooser = chooser(BY_BOOK, ProducerConfig.EMPTY);
        Set<Integer> used = new HashSet<>();

        for (int book = 0; book < 200; book++) {
            int worker = chooser.choose(lent("books", "book-" + book, 1));
            assertThat(chooser.choose(lent("others", "book-" + book, 2))).isEqualTo(worker);
            used.add(worker);
        }

        assertThat(used).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void differentEventsOfOneKeyHaveOneWorker() {
        WorkerChooser chooser = chooser(
                Map.of(Examples.LENT.eventType(), "loan.book", Examples.RETURNED.eventType(), "loan.book"),
                ProducerConfig.EMPTY);

        for (int book = 0; book < 50; book++) {
            Loan loan = Examples.loan("book-" + book, 1);
            assertThat(chooser.choose(delivery(Examples.RETURNED, "books", null, codec.encode(loan))))
                    .isEqualTo(chooser.choose(delivery(Examples.LENT, "books", null, codec.encode(loan))));
        }
    }

    @Test
    void theKeyFieldComesFromTheProducerConfigurationOfTheTopicWithoutPrefix() {
        ProducerConfig config = new ProducerConfig(
                Map.of(Examples.LENT.eventType(), Map.of("books", new TopicConfig("loan.book", false))));
        WorkerChooser chooser = new WorkerChooser(
                CONCURRENCY, new EventKeys(config, Map.of(), new TopicNames(Optional.of("dev")), OwnTopics.NONE));

        assertThat(workers(chooser, "dev-books")).hasSizeGreaterThan(4);
        assertThat(workers(chooser, "dev-others")).hasSize(1);
    }

    @Test
    void theConsumersOwnKeyFieldWins() {
        ProducerConfig config = new ProducerConfig(
                Map.of(Examples.LENT.eventType(), Map.of("books", new TopicConfig("loan.days", true))));

        assertThat(workers(chooser(BY_BOOK, config), "books")).hasSizeGreaterThan(4);
        assertThat(workers(chooser(Map.of(), config), "books")).hasSize(1);
    }

    @Test
    void withoutAKeyFieldATopicHasOneWorker() {
        assertThat(workers(chooser(Map.of(), ProducerConfig.EMPTY), "books")).hasSize(1);
    }

    @Test
    void whereTheKeyIsNullATopicHasOneWorker() {
        WorkerChooser chooser =
                chooser(Map.of(Examples.LENT.eventType(), "loan.course.course_key"), ProducerConfig.EMPTY);

        assertThat(workers(chooser, "books")).hasSize(1);
    }

    @Test
    void aKeyOnTheWireCountsAndTheDataAreNotDecoded() {
        WorkerChooser chooser = chooser(BY_BOOK, ProducerConfig.EMPTY);
        byte[] noLoan = {-1};
        Set<Integer> used = new HashSet<>();

        for (int key = 0; key < 200; key++) {
            byte[] bytes = ("key-" + key).getBytes(UTF_8);
            int worker = chooser.choose(delivery(Examples.LENT, "books", bytes, noLoan));
            assertThat(chooser.choose(delivery(Examples.LENT, "books", bytes.clone(), noLoan)))
                    .isEqualTo(worker);
            used.add(worker);
        }

        assertThat(used).hasSize(CONCURRENCY);
    }

    @Test
    void whatCannotBeDecodedHasTheWorkerOfItsTopic() {
        WorkerChooser chooser = chooser(BY_BOOK, ProducerConfig.EMPTY);
        InFlightMessage added = inFlight.add(IncomingMessage.of("books", position("0:1"), List.of(), new byte[] {-1}));

        int worker = chooser.choose(delivery(Examples.LENT, "books", null, new byte[] {-1}));

        added.setResolution(new Resolution.Undecodable(new IllegalArgumentException()));

        assertThat(chooser.choose(added)).isEqualTo(worker);
    }

    @Test
    void aKeyFieldThatIsNotThereIsReportedOnceAndTheTopicHasOneWorker() {
        WorkerChooser chooser = chooser(Map.of(Examples.LENT.eventType(), "loan.boko"), ProducerConfig.EMPTY);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(workers(chooser, "books")).hasSize(1);

            assertThat(log.errors()).singleElement().asString().contains(Examples.LENT.eventType(), "loan.boko");
        }
    }

    @Test
    void oneWorkerTakesEverything() {
        WorkerChooser chooser = chooser(1, BY_BOOK, ProducerConfig.EMPTY);

        assertThat(workers(chooser, "books")).containsExactly(0);
    }

    private static WorkerChooser chooser(Map<String, String> keyFields, ProducerConfig config) {
        return chooser(CONCURRENCY, keyFields, config);
    }

    private static WorkerChooser chooser(int workers, Map<String, String> keyFields, ProducerConfig config) {
        return new WorkerChooser(
                workers, new EventKeys(config, keyFields, new TopicNames(Optional.empty()), OwnTopics.NONE));
    }

    private Set<Integer> workers(WorkerChooser chooser, String topic) {
        Set<Integer> used = new HashSet<>();
        for (int book = 0; book < 100; book++) {
            used.add(chooser.choose(lent(topic, "book-" + book, 14)));
        }
        return used;
    }

    private InFlightMessage lent(String topic, String book, long days) {
        return delivery(Examples.LENT, topic, null, codec.encode(Examples.loan(book, days)));
    }

    private InFlightMessage delivery(Signal<Loan> signal, String topic, byte @Nullable [] key, byte[] data) {
        IncomingMessage message = new IncomingMessage(topic, 0, position("0:1"), List.of(), key, data, 0, null, null);
        InFlightMessage added = inFlight.add(message);
        added.setResolution(new Delivery<>(message, Examples.METADATA, signal, codec));
        return added;
    }
}
