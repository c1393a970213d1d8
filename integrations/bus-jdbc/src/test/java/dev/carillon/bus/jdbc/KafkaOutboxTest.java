package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.WithKafka;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox with a relay to Kafka, which refuses events that are too large and keeps order per key. */
@WithKafka
class KafkaOutboxTest {

    private static final Duration SECONDS = Duration.ofSeconds(30);
    private static final String TOO_LARGE = "x".repeat(1_200_000);

    private final Events events = Events.create("test");
    private final Events receiving = Events.create("receiving");
    private final EventRecorder recorder =
            EventRecorder.of(receiving, Step.TAKEN).timeout(SECONDS);
    private final EventBus bus;
    private final EventBus receivingBus;
    private final EventConsumer consumer;
    private final H2 database;
    private final DataSource dataSource;
    private final CompletableFuture<StopReason> consuming;

    KafkaOutboxTest(Settings settings) throws Exception {
        database = new H2();
        dataSource = database.dataSource();
        bus = EventBus.open(settings, events);
        receivingBus = EventBus.open(settings, receiving);
        consumer = receivingBus.consumer(
                List.of("steps"), "readers", ConsumerOptions.defaults().withStartAt(StartAt.earliest()));
        consuming = CompletableFuture.supplyAsync(consumer::run);
    }

    @BeforeEach
    void createTables() throws Exception {
        database.prepare();
    }

    @AfterEach
    void end() throws Exception {
        receivingBus.close();
        assertThat(consuming).succeedsWithin(SECONDS);
        bus.close();
        database.end();
    }

    private void commit(String learner, String text) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            JdbcOutbox.add(
                    connection,
                    bus.producer()
                            .encode(
                                    Step.TAKEN,
                                    "steps",
                                    "step.learner",
                                    new Step(learner, text),
                                    events.newMetadata(Step.TAKEN)));
            connection.commit();
        }
    }

    private List<String> received(String learner) {
        return recorder.data(Step.TAKEN).stream()
                .filter(step -> step.learner().equals(learner))
                .map(Step::text)
                .toList();
    }

    private OutboxRelay relay(OnUnpublishable choice) {
        return OutboxRelay.of(
                        dataSource,
                        bus.producer(),
                        RelayOptions.defaults()
                                .withPollInterval(Duration.ofMillis(10))
                                .withOnUnpublishable(choice))
                .start();
    }

    @Test
    void anEventThatIsTooLargeIsDeadLetteredAndTheOthersGoOn() throws Exception {
        commit("anna", "1");
        commit("anna", TOO_LARGE);
        commit("anna", "3");
        try (OutboxRelay relay = relay(OnUnpublishable.SKIP)) {
            recorder.await(2);

            assertThat(received("anna")).containsExactly("1", "3");
            assertThat(relay.deadLetteredEvents())
                    .singleElement()
                    .satisfies(event -> assertThat(event.cause())
                            .contains("did not accept a message for topic", "max.request.size")
                            .doesNotContain("xxx"));
        }
    }

    @Test
    void anEventThatIsTooLargeBlocksOnlyItsOwnKey() throws Exception {
        commit("anna", "1");
        commit("anna", TOO_LARGE);
        commit("anna", "3");
        commit("berta", "1");
        try (OutboxRelay relay = relay(OnUnpublishable.BLOCK)) {
            recorder.await(2);
            await().atMost(SECONDS).until(() -> relay.status().waiting() == 1);
            commit("berta", "2");
            recorder.await(3);

            assertThat(received("anna")).containsExactly("1");
            assertThat(received("berta")).containsExactly("1", "2");
            assertThat(relay.status().blocked()).isEqualTo(1);
            assertThat(relay.discard(relay.deadLetteredEvents().get(0).id())).isTrue();
            recorder.await(4);

            assertThat(received("anna")).containsExactly("1", "3");
        }
    }
}
