package dev.carillon.cli.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An embedded Redis. What was recorded are the fields of stream entries, in hex. */
final class RedisDemoBroker implements DemoBroker {

    private final EmbeddedRedis redis = EmbeddedRedis.start();

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "EVENT_BUS_PRODUCER", "edx_event_bus_redis.create_producer",
                "EVENT_BUS_CONSUMER", "edx_event_bus_redis.RedisEventConsumer",
                "EVENT_BUS_REDIS_CONNECTION_URL", redis.url());
    }

    @Override
    public String introduction() {
        return "Redis on port " + redis.port();
    }

    @Override
    public List<UUID> putRecorded(String topic) throws IOException {
        JsonFactory json = new JsonFactory();
        List<UUID> ids = new ArrayList<>();
        RedisClient client = RedisClient.create(redis.url());
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            for (String line : RecordedLines.of("python-certificates-redis.jsonl")) {
                connection.sync().xadd(topic.getBytes(StandardCharsets.UTF_8), entry(json, line, ids));
            }
        } finally {
            client.shutdown();
        }
        return ids;
    }

    /** Names and values in turn, as the client takes them. */
    private static Object[] entry(JsonFactory json, String line, List<UUID> ids) throws IOException {
        List<byte[]> entry = new ArrayList<>();
        try (JsonParser parser = json.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                byte[] value = HexFormat.of().parseHex(parser.nextTextValue());
                entry.add(name.getBytes(StandardCharsets.UTF_8));
                entry.add(value);
                if (name.equals("id")) {
                    ids.add(UUID.fromString(new String(value, StandardCharsets.UTF_8)));
                }
            }
        }
        return entry.toArray();
    }

    @Override
    public void close() {
        redis.close();
    }
}
