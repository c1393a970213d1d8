package dev.carillon.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Other producers use transactions: some are aborted, and each leaves a marker at an offset of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionsTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private final Admin admin = bench.admin();

    /** Three steps; then copies of them in transactions that are aborted, committed, and aborted. */
    private void fill(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get();
        try (Writer writer = new Writer(bench.settings())) {
            writer.round(topic, 3, 0);
        }
        List<IncomingMessage> records = read(topic, bench.settings());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bench.kafka().bootstrapServers(), "transactional.id", topic),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            for (boolean commits : List.of(false, true, false)) {
                producer.beginTransaction();
                for (IncomingMessage record : records) {
                    producer.send(copy(record)).get();
                }
                if (commits) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> copy(IncomingMessage message) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(message.topic(), 0, message.key(), message.data());
        message.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }

    /** Reads as a replay does. */
    private static List<IncomingMessage> read(String topic, Settings settings) {
        SettingsReader reader = new SettingsReader(settings);
        var prepared = new KafkaTransportProvider().prepare(reader, Optional.empty());
        reader.finish();
        List<IncomingMessage> read = new ArrayList<>();
        try (Transport transport = prepared.get();
                MessageStore store = transport.store().orElseThrow()) {
            store.read(topic, StartAt.earliest(), read::add);
        }
        return read;
    }

    private OptionalLong lag(String topic, String group) {
        try (EventBus bus = EventBus.open(bench.settings(), Step.events("operator"), new KafkaTransportProvider());
                BusAdmin operator = bus.admin()) {
            return operator.groups(List.of(topic)).stream()
                    .filter(state -> state.group().equals(group))
                    .map(GroupState::lag)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void abortedRecordsAreNotDeliveredAndCauseNoLag() throws Exception {
        fill("aborted");
        try (Member member = Member.of(bench.settings(), "aborted", "committed-readers")) {
            member.awaitAcknowledged(6);

            await("no lag")
                    .atMost(Member.TIMEOUT)
                    .untilAsserted(() ->
                            assertThat(lag("aborted", "committed-readers")).hasValue(0));
            assertThat(member.steps()).hasSize(6);
        }
    }

    @Test
    void aReplayEndsAtATransactionMarker() throws Exception {
        fill("replayed");

        assertThat(read("replayed", bench.settings())).hasSize(6);
    }

    @Test
    void readUncommittedReturnsAbortedRecords() throws Exception {
        fill("uncommitted");

        assertThat(read("uncommitted", bench.settings(Map.of("isolation.level", "read_uncommitted"))))
                .hasSize(12)
                .allSatisfy(
                        message -> assertThat(new String(message.key(), UTF_8)).contains("learner"));
    }

    @Test
    void anOpenTransactionCausesNoLag() throws Exception {
        fill("open");
        List<IncomingMessage> records = read("open", bench.settings());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bench.kafka().bootstrapServers(), "transactional.id", "still-open"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(copy(records.get(0))).get();
            try (Member member = Member.of(bench.settings(), "open", "committed-readers")) {
                member.awaitAcknowledged(6);
                await("no lag")
                        .atMost(Member.TIMEOUT)
                        .untilAsserted(() ->
                                assertThat(lag("open", "committed-readers")).hasValue(0));
                producer.commitTransaction();

                assertThat(member.awaitSteps(7).steps()).hasSize(7);
            }
        }
    }
}
