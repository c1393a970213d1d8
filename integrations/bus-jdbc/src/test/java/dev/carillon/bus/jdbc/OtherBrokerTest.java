package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.testkit.WithKafka;
import dev.carillon.testkit.WithRedis;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that were written while one broker was configured, and are relayed to another. */
@WithRedis
@WithKafka
class OtherBrokerTest {

    private static final Duration SECONDS = Duration.ofSeconds(30);

    private final Events events = Events.create("test");
    private final H2 database;
    private final EmbeddedRedis redisServer;
    private final EmbeddedKafka kafkaServer;
    private final String prefix = "test-" + UUID.randomUUID();
    private final EventBus redis;
    private final EventBus kafka;

    OtherBrokerTest(EmbeddedRedis redisServer, EmbeddedKafka kafkaServer, EmbeddedRegistry registry) throws Exception {
        this.redisServer = redisServer;
        this.kafkaServer = kafkaServer;
        database = new H2();
        redis = open("redis", Map.of("EVENT_BUS_REDIS_CONNECTION_URL", redisServer.url()));
        kafka = open(
                "kafka",
                Map.of(
                        "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                        kafkaServer.bootstrapServers(),
                        "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                        registry.url()));
    }

    private EventBus open(String broker, Map<String, String> address) {
        Settings settings = Settings.of(address)
                .with("EVENT_BUS_PRODUCER", broker)
                .with("EVENT_BUS_CONSUMER", broker)
                .with("EVENT_BUS_TOPIC_PREFIX", prefix);
        return EventBus.open(settings, events);
    }

    @BeforeEach
    void createTables() throws Exception {
        database.prepare();
    }

    @AfterEach
    void end() throws Exception {
        redis.close();
        kafka.close();
        database.end();
    }

    private void commit(EventBus bus, Step step, EventMetadata metadata) throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcOutbox.add(connection, bus.producer().encode(Step.TAKEN, "steps", "step.learner", step, metadata));
            connection.commit();
        }
    }

    /** Relays the waiting row with this bus, and also sends the same event with it directly. */
    private void relayAndSend(EventBus bus, Step step, EventMetadata metadata) {
        try (OutboxRelay relay =
                OutboxRelay.of(database.dataSource(), bus.producer()).start()) {
            await().atMost(SECONDS).until(() -> relay.status().waiting() == 0);
            assertThat(relay.deadLetteredEvents()).isEmpty();
        }
        bus.producer().send(Step.TAKEN, "steps", "step.learner", step, metadata).join();
    }

    @Test
    void anEventWrittenUnderRedisIsRelayedToKafkaAsIfItHadBeenSentThere() throws Exception {
        Step step = new Step("learner \u00e9", "one");
        EventMetadata metadata = events.newMetadata(Step.TAKEN);
        commit(redis, step, metadata);

        relayAndSend(kafka, step, metadata);

        List<Sent> records = kafkaRecords(2);
        assertThat(records.get(0)).isEqualTo(records.get(1));
        assertThat(records.get(0).key()).isNotNull();
        assertThat(records.get(0).headers())
                .contains("ce_id=" + metadata.id())
                .noneMatch(header -> header.startsWith("id="));
    }

    @Test
    void anEventWrittenUnderKafkaIsRelayedToRedisAsIfItHadBeenSentThere() throws Exception {
        Step step = new Step("learner \u00e9", "one");
        EventMetadata metadata = events.newMetadata(Step.TAKEN);
        commit(kafka, step, metadata);

        relayAndSend(redis, step, metadata);

        List<Map<String, String>> entries = redisEntries();
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0)).isEqualTo(entries.get(1));
        assertThat(List.copyOf(entries.get(0).keySet()))
                .as("fields in the order of the wire")
                .isEqualTo(List.copyOf(entries.get(1).keySet()));
        assertThat(entries.get(0)).containsEntry("id", metadata.id().toString()).doesNotContainKey("ce_id");
    }

    @Test
    void anEventWithoutAKeyIsDeadLetteredByARelayToKafka() throws Exception {
        EventMetadata metadata = events.newMetadata(Step.TAKEN);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcOutbox.add(
                    connection,
                    redis.producer().encode(Step.TAKEN, "steps", "step.pace", new Step("learner", "one"), metadata));
            connection.commit();
        }
        try (OutboxRelay relay =
                OutboxRelay.of(database.dataSource(), kafka.producer()).start()) {
            await().atMost(SECONDS).until(() -> !relay.deadLetteredEvents().isEmpty());

            assertThat(relay.deadLetteredEvents()).singleElement().satisfies(event -> {
                assertThat(event.eventId()).isEqualTo(metadata.id());
                assertThat(event.cause()).contains("the event has no key, which this broker requires");
            });
        }
    }

    /** A record without its position: headers as {@code name=value}, in their order. */
    private record Sent(@Nullable String key, String value, List<String> headers) {}

    private List<Sent> kafkaRecords(int count) {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafkaServer.bootstrapServers());
        List<Sent> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(prefix + "-steps").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(SECONDS).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> records.add(record(each)));
                return records.size() >= count;
            });
        }
        return records;
    }

    private static Sent record(ConsumerRecord<byte[], byte[]> each) {
        return new Sent(
                each.key() == null ? null : Arrays.toString(each.key()),
                Arrays.toString(each.value()),
                StreamSupport.stream(each.headers().spliterator(), false)
                        .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                        .collect(Collectors.toList()));
    }

    private List<Map<String, String>> redisEntries() {
        RedisClient client = RedisClient.create(redisServer.url());
        try {
            return client.connect().sync().xrange(prefix + "-steps", Range.unbounded()).stream()
                    .map(StreamMessage::getBody)
                    .toList();
        } finally {
            client.shutdown();
        }
    }
}
