package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import dev.carillon.events.Signals;
import dev.carillon.testkit.EventRecorder;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What writing to the outbox guarantees on every database. */
abstract class OutboxContract extends OutboxFixture {

    OutboxContract(Settings settings) {
        super(settings);
    }

    @Test
    void anEventOfATransactionThatRollsBackIsNeverPublished() throws Exception {
        try (Connection connection = transaction()) {
            JdbcOutbox.add(connection, redis.event("steps", "rolled back"));
            connection.rollback();
        }
        commit("steps", "committed");

        OutboxRelay relay = relay();

        awaitPublished("steps", "committed");
        await().atMost(SECONDS).until(() -> relay.status().waiting() == 0);
        assertThat(redis.published("steps")).containsExactly("committed");
    }

    @Test
    void anEventOfATransactionThatCommitsLateIsPublished() throws Exception {
        relay();
        try (Connection late = transaction();
                Connection early = transaction()) {
            JdbcOutbox.add(late, redis.event("steps", "late"));
            JdbcOutbox.add(early, redis.event("steps", "early"));
            early.commit();
            awaitPublished("steps", "early");
            commit("steps", "later");
            awaitPublished("steps", "early", "later");

            late.commit();

            awaitPublished("steps", "early", "later", "late");
        }
    }

    @Test
    void concurrentTransactionsLoseNoEvents() throws Exception {
        relay();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String topic = "steps-" + writer;
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; i < 50; i++) {
                        commit(topic, String.valueOf(i));
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            writers.add(thread);
        }
        for (Thread writer : writers) {
            writer.join();
        }

        for (int writer = 0; writer < 4; writer++) {
            awaitPublished(redis, "steps-" + writer, numbers(0, 50));
        }
    }

    @Test
    void eventsOfOneTransactionAreInOrder() throws Exception {
        List<String> texts = numbers(0, 700);
        commit("steps", texts.toArray(String[]::new));

        relay();

        awaitPublished(redis, "steps", texts);
    }

    @Test
    void anEventWithoutATransactionIsRejected() throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            JdbcOutbox outbox = JdbcOutbox.over(() -> connection);

            assertThatThrownBy(() -> outbox.add(redis.event("steps", "lost")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Events must be written to the outbox within a transaction, but this connection commits"
                            + " each statement by itself: call setAutoCommit(false), or use the connection of the"
                            + " transaction");
        }
        assertThat(rows()).isZero();
    }

    @Test
    void theErrorNamesAMissingTable() throws Exception {
        database().execute("DROP TABLE carillon_outbox");
        try (Connection connection = transaction()) {
            assertThatThrownBy(() -> JdbcOutbox.add(connection, redis.event("steps", "lost")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContainingAll("write org.example.learning.step.taken.v1", "to the outbox")
                    .message()
                    .containsIgnoringCase("carillon_outbox");
        }
    }

    @Test
    void everyPartOfAnEventIsReadAsItWasWritten() throws Exception {
        byte[] data = new byte[256];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        EncodedEvent one = redis.event("steps", "one");
        List<EncodedEvent> written = new ArrayList<>();
        for (Object key : List.of("learner \u00e9\u0000\ud83c\udf93", Long.MIN_VALUE, 0.1, true, "")) {
            written.add(new EncodedEvent(
                    one.metadata(),
                    "a topic",
                    new MessageKey("field", key),
                    data,
                    "{\"doc\": \"\u00e9 \ud83c\udf93 \\\\ '\"}"));
        }
        written.add(new EncodedEvent(one.metadata(), "a topic", null, data, one.schemaText()));
        written.add(new EncodedEvent(
                one.metadata(),
                "another topic",
                null,
                data,
                one.schemaText(),
                Map.of("traceparent", "00-ab-cd-01", "tracestate", "vendor=one=1", "empty", "")));
        written.add(one);
        try (Connection connection = transaction()) {
            for (EncodedEvent event : written) {
                JdbcOutbox.add(connection, event);
            }
            connection.commit();
            OutboxTable table = new OutboxTable(connection, Ordering.BY_KEY);

            List<OutboxRow> rows = table.read(table.waitingIds(List.of(), List.of()));

            assertThat(rows)
                    .extracting(OutboxRow::event)
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(written);
            assertThat(rows).extracting(OutboxRow::orderHash).doesNotHaveDuplicates();
        }
    }

    @Test
    void theOutboxModeNeedsOneSetting() throws Exception {
        Settings outbox = settings.with("EVENT_BUS_PRODUCER_MODE", "outbox")
                .with(
                        "EVENT_BUS_PRODUCER_CONFIG",
                        Map.of(
                                Step.TAKEN.eventType(),
                                Map.of("steps", Map.of("event_key_field", "step.learner", "enabled", true))));
        Events sender = Events.builder()
                .serviceName("sender")
                .signals(Signals.of(Step.TAKEN))
                .build();
        Events receiver = Events.builder()
                .serviceName("receiver")
                .signals(Signals.of(Step.TAKEN))
                .build();
        EventRecorder recorder = EventRecorder.of(receiver, Step.TAKEN);
        try (Connection connection = transaction();
                EventBus sending = EventBus.builder(outbox, sender)
                        .outbox(JdbcOutbox.over(() -> connection))
                        .open();
                EventBus receiving = EventBus.open(settings, receiver);
                OutboxRelay relay = OutboxRelay.of(dataSource, sending.producer(), OPTIONS)) {
            sender.send(Step.TAKEN, new Step("learner", "rolled back"));
            connection.rollback();
            sender.send(Step.TAKEN, new Step("learner", "committed"));
            relay.start();
            EventConsumer consumer = receiving.consumer(
                    List.of("steps"), "readers", ConsumerOptions.defaults().withStartAt(StartAt.earliest()));
            CompletableFuture<StopReason> consuming = CompletableFuture.supplyAsync(consumer::run);
            assertThat(rows()).as("rows before the commit").isZero();

            connection.commit();

            assertThat(recorder.await(Step.TAKEN).data()).isEqualTo(new Step("learner", "committed"));
            consumer.close();
            assertThat(consuming).succeedsWithin(SECONDS);
        }
    }

    @Test
    void theSchemaFileRunsAsOneScript() throws Exception {
        database()
                .execute("DROP TABLE carillon_outbox", "DROP TABLE carillon_outbox_relay", "DROP TABLE carillon_inbox");
        String product;
        try (Connection connection = dataSource.getConnection()) {
            product = Dialect.of(connection).folder();
        }
        try (InputStream file = JdbcSchema.class.getResourceAsStream(product + "/V1__carillon_event_tables.sql")) {
            database().execute(new String(requireNonNull(file).readAllBytes(), UTF_8));
        }

        commit("steps", "one");
        relay();

        awaitPublished("steps", "one");
    }
}
