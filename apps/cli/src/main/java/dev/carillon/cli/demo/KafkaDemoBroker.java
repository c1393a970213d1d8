package dev.carillon.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.kafka.registry.RegistryAddress;
import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import dev.carillon.events.Signals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * An embedded Kafka and an embedded schema registry. The recording has headers, keys and values. It does not have the ids of
 * schemas, because they differ from one registry to another.
 */
final class KafkaDemoBroker implements DemoBroker {

    private static final String KEY_SCHEMA = "{\"name\": \"course_key\", \"type\": \"string\"}";

    private final KafkaAndRegistry servers = KafkaAndRegistry.start();
    private final EmbeddedKafka kafka = servers.kafka();
    private final EmbeddedRegistry registry = servers.registry();

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "EVENT_BUS_PRODUCER",
                "edx_event_bus_kafka.create_producer",
                "EVENT_BUS_CONSUMER",
                "edx_event_bus_kafka.KafkaEventConsumer",
                "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                registry.url());
    }

    @Override
    public String description() {
        return "Kafka on port " + kafka.port() + "; the schema registry on port " + registry.port();
    }

    @Override
    public List<UUID> writeRecorded(String topic) throws IOException {
        List<UUID> ids = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                SchemaRegistry schemas = new SchemaRegistry(address(), null, Duration.ofSeconds(10))) {
            for (String line : DemoBroker.recording("python-certificates-kafka.jsonl")) {
                JsonNode recorded = json.readTree(line);
                var unused = producer.send(record(recorded, topic, schemas));
                ids.add(UUID.fromString(recorded.path("id").asText()));
            }
        }
        return ids;
    }

    private RegistryAddress address() {
        RegistryAddress address = RegistryAddress.parse(registry.url(), Optional.empty(), Optional.empty(), problem -> {
            throw new IllegalStateException(problem);
        });
        return Objects.requireNonNull(address);
    }

    private static ProducerRecord<byte[], byte[]> record(JsonNode recorded, String topic, SchemaRegistry schemas) {
        String type = recorded.path("type").asText();
        String schema = new EventCodecs().of(Signals.discovered().get(type)).schemaText();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                framed(schemas.idOf(topic + "-string", KEY_SCHEMA), recorded.path("key")),
                framed(schemas.idOf(topic + "-" + type + ".CloudEvent", schema), recorded.path("value")));
        recorded.path("headers")
                .properties()
                .forEach(header -> record.headers()
                        .add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static byte[] framed(int schemaId, JsonNode hex) {
        byte[] avro = HexFormat.of().parseHex(hex.asText());
        return ByteBuffer.allocate(5 + avro.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(avro)
                .array();
    }

    @Override
    public void close() {
        servers.close();
    }
}
