package dev.carillon.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Starts a Kafka and a schema registry. */
final class KafkaBroker implements Broker {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final int PARTITIONS = 3;

    /** The number of bytes before the Avro data of keys and values. */
    private static final int PREFIX = 5;

    private final ObjectMapper json = new ObjectMapper();
    private final KafkaAndRegistry servers = KafkaAndRegistry.start(
            () -> EmbeddedKafka.builder().partitions(PARTITIONS).start());
    private final EmbeddedKafka kafka = servers.kafka();
    private final EmbeddedRegistry registry = servers.registry();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));

    /** The partition and the key of a record, which begins with the id of its schema. */
    record Placement(String id, int partition, String key) {}

    /** With the range assignor, the only one that Python's consumers support in a shared group. */
    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "EVENT_BUS_PRODUCER",
                "edx_event_bus_kafka.create_producer",
                "EVENT_BUS_CONSUMER",
                "edx_event_bus_kafka.KafkaEventConsumer",
                "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                registry.url(),
                "EVENT_BUS_KAFKA_CLIENT_CONFIG",
                Map.of(
                        "partition.assignment.strategy",
                        "org.apache.kafka.clients.consumer.RangeAssignor",
                        "metadata.max.age.ms",
                        1_000));
    }

    /** The registry checks names more strictly than Avro's own tools, and rejects a hyphen in a namespace. */
    @Override
    public Set<String> refuses() {
        return Set.of("org.openedx.enterprise.subsidy.redemption-reversed.v1");
    }

    @Override
    public Map<String, Object> pythonConsumer(String name) {
        return Map.of();
    }

    @Override
    public void createGroup(String fullTopic, String group) {
        try {
            if (!admin.listTopics().names().get().contains(fullTopic)) {
                admin.createTopics(List.of(new NewTopic(fullTopic, Optional.of(PARTITIONS), Optional.empty())))
                        .all()
                        .get();
            }
            Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
            partitions(fullTopic).forEach(partition -> start.put(partition, new OffsetAndMetadata(0)));
            admin.alterConsumerGroupOffsets(group, start).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Cannot create group " + group, e);
        }
    }

    @Override
    public void awaitMembers(String group, int members) {
        await(members + " members of group " + group).atMost(TIMEOUT).until(() -> {
            ConsumerGroupDescription description = requireNonNull(
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group));
            return description.groupState() == GroupState.STABLE
                    && description.members().size() == members
                    && description.members().stream()
                            .noneMatch(member ->
                                    member.assignment().topicPartitions().isEmpty());
        });
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    @Override
    public List<RawEvent> events(String fullTopic) {
        return read(fullTopic).stream().map(KafkaBroker::event).toList();
    }

    /** The partition and key of each record of a topic. */
    List<Placement> placements(String fullTopic) {
        return read(fullTopic).stream()
                .map(record -> new Placement(
                        header(record, "ce_id"),
                        record.partition(),
                        HexFormat.of().formatHex(record.key())))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions(topic));
            consumer.seekToBeginning(partitions(topic));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL_TIMEOUT).forEach(records::add);
            }
        }
        return records;
    }

    private static RawEvent event(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.merge(
                        header.key(), new String(header.value(), UTF_8), (one, other) -> one + " and " + other));
        headers.put("(key)", avro(record.key()));
        return new RawEvent(header(record, "ce_id"), headers, avro(record.value()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(
                requireNonNull(record.headers().lastHeader(name), name).value(), UTF_8);
    }

    private static String avro(byte[] framed) {
        if (framed[0] != 0) {
            throw new IllegalArgumentException("The first byte must be 0, but is " + framed[0]);
        }
        return HexFormat.of().formatHex(Arrays.copyOfRange(framed, PREFIX, framed.length));
    }

    /** The number of versions of each subject whose name starts with this prefix. */
    Map<String, Integer> versions(String prefix) {
        Map<String, Integer> versions = new TreeMap<>();
        for (JsonNode subject : get("/subjects")) {
            if (subject.asText().startsWith(prefix)) {
                versions.put(
                        subject.asText(),
                        get("/subjects/" + subject.asText() + "/versions").size());
            }
        }
        return versions;
    }

    private JsonNode get(String path) {
        try (InputStream response = URI.create(registry.url() + path).toURL().openStream()) {
            return json.readTree(response);
        } catch (IOException e) {
            throw new IllegalStateException("The registry did not respond to " + path, e);
        }
    }

    @Override
    public long unacknowledged(String fullTopic, String group) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return consumer.endOffsets(partitions(fullTopic)).entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - requireNonNull(committed.getOrDefault(end.getKey(), new OffsetAndMetadata(0)))
                                    .offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Cannot read the offsets of group " + group, e);
        }
    }

    @Override
    public void close() {
        admin.close();
        servers.close();
    }
}
