package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.EventMetadata;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Entries are identical to those of the Python producer, byte for byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireFormatTest {

    private static final List<String> FIELDS =
            List.of("type", "id", "source", "time", "minorversion", "sourcehost", "sourcelib", "event_data");

    private EmbeddedRedis redis;
    private RedisFixture fixture;
    private List<JsonNode> vectors;

    @BeforeAll
    void startRedis() throws IOException {
        redis = EmbeddedRedis.start();
        fixture = new RedisFixture(redis);
        ObjectMapper json = new ObjectMapper();
        vectors = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/conformance/vectors.jsonl")), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                vectors.add(json.readTree(line));
            }
        }
    }

    @AfterAll
    void stopRedis() {
        fixture.close();
        redis.close();
    }

    @Test
    void everyEntryHasTheFieldsAndBytesOfThePythonProducer() {
        String topic = fixture.topic("write");
        sendAll(topic);

        try (RedisClient client = RedisClient.create(redis.url());
                var connection = client.connect(ByteArrayCodec.INSTANCE)) {
            List<StreamMessage<byte[], byte[]>> entries =
                    connection.sync().xrange(topic.getBytes(UTF_8), Range.unbounded());

            assertThat(entries).isNotEmpty().hasSameSizeAs(vectors);
            for (int i = 0; i < entries.size(); i++) {
                Map<String, String> fields = new LinkedHashMap<>();
                entries.get(i).getBody().forEach((name, value) -> fields.put(new String(name, UTF_8), hex(value)));
                assertThat(fields.keySet()).containsExactlyElementsOf(FIELDS);
                assertThat(fields).isEqualTo(expected(vectors.get(i)));
            }
        }
    }

    @Test
    void everyEntryIsReadWithItsFieldsAndBytes() {
        String topic = fixture.topic("read");
        List<String> positions = sendAll(topic);
        MessageSource source = fixture.source(topic);

        List<IncomingMessage> messages = RedisFixture.poll(source, vectors.size());

        assertThat(messages)
                .extracting(message -> message.position().toString())
                .containsExactlyElementsOf(positions);
        for (int i = 0; i < messages.size(); i++) {
            IncomingMessage message = messages.get(i);
            Map<String, String> fields = new LinkedHashMap<>();
            message.headers().forEach(header -> fields.put(header.name(), hex(header.value())));
            fields.put("event_data", hex(message.data()));
            assertThat(fields).isEqualTo(expected(vectors.get(i)));
            assertThat(message.topic()).isEqualTo(topic);
            assertThat(message.problem()).isNull();
        }
    }

    @Test
    void anEntryWithoutEventDataIsUndecodable() {
        String topic = fixture.topic("undecodable");
        String id = fixture.client().xadd(topic, "type", "org.carillon.test.v1", "colour", "blue");
        MessageSource source = fixture.source(topic);

        IncomingMessage message = RedisFixture.poll(source, 1).get(0);

        assertThat(message.position()).hasToString(id);
        assertThat(message.problem()).contains("event_data");
        assertThat(message.header("colour")).isEqualTo("blue");
    }

    private List<String> sendAll(String topic) {
        try (MessageSink sink = fixture.transport().sink()) {
            return vectors.stream().map(vector -> sink.send(message(topic, vector))).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    private OutgoingMessage message(String topic, JsonNode vector) {
        EventMetadata metadata = metadata(vector.get("metadata"));
        return new OutgoingMessage(
                topic,
                metadata.eventType(),
                fixture.transport().headerNames().write(metadata),
                null,
                HexFormat.of().parseHex(vector.get("redis").get("event_data").asText()),
                "");
    }

    private static EventMetadata metadata(JsonNode json) {
        return EventMetadata.fromJson(((ObjectNode) json).toString());
    }

    private static Map<String, String> expected(JsonNode vector) {
        Map<String, String> expected = new LinkedHashMap<>();
        vector.get("redis")
                .properties()
                .forEach(field -> expected.put(field.getKey(), field.getValue().asText()));
        return expected;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
