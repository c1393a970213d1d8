package dev.carillon.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** An embedded Redis. The recording has the fields of stream entries, in hexadecimal. */
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
    public String description() {
        return "Redis on port " + redis.port();
    }

    @Override
    public List<UUID> writeRecorded(String topic) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<UUID> ids = new ArrayList<>();
        RedisClient client = RedisClient.create(redis.url());
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            for (String line : DemoBroker.recording("python-certificates-redis.jsonl")) {
                connection.sync().xadd(topic.getBytes(StandardCharsets.UTF_8), entry(json.readTree(line), ids));
            }
        } finally {
            client.shutdown();
        }
        return ids;
    }

    /** Names and values in turn, as the client expects them. */
    private static Object[] entry(JsonNode recorded, List<UUID> ids) {
        List<byte[]> entry = new ArrayList<>();
        recorded.properties().forEach(field -> {
            byte[] value = HexFormat.of().parseHex(field.getValue().textValue());
            entry.add(field.getKey().getBytes(StandardCharsets.UTF_8));
            entry.add(value);
            if (field.getKey().equals("id")) {
                ids.add(UUID.fromString(new String(value, StandardCharsets.UTF_8)));
            }
        });
        return entry.toArray();
    }

    @Override
    public void close() {
        redis.close();
    }
}
