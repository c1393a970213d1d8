package dev.carillon.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Starts a Redis. */
final class RedisBroker implements Broker {

    private static final String DATA = "event_data";

    private final EmbeddedRedis redis = EmbeddedRedis.start();
    private final RedisClient client = RedisClient.create(redis.url());
    private final StatefulRedisConnection<String, byte[]> connection =
            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "EVENT_BUS_PRODUCER",
                "edx_event_bus_redis.create_producer",
                "EVENT_BUS_CONSUMER",
                "edx_event_bus_redis.RedisEventConsumer",
                "EVENT_BUS_REDIS_CONNECTION_URL",
                redis.url(),
                "EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT",
                1);
    }

    /** Without {@code check_backlog} the Python consumer would move its group to the end of the stream. */
    @Override
    public Map<String, Object> pythonConsumer(String name) {
        return Map.of("consumer_name", name, "check_backlog", true);
    }

    @Override
    public List<RawEvent> events(String fullTopic) {
        return connection.sync().xrange(fullTopic, Range.unbounded()).stream()
                .map(entry -> event(entry.getBody()))
                .toList();
    }

    private static RawEvent event(Map<String, byte[]> fields) {
        Map<String, String> headers = new HashMap<>();
        fields.forEach((name, value) -> {
            if (!name.equals(DATA)) {
                headers.put(name, new String(value, UTF_8));
            }
        });
        return new RawEvent(
                requireNonNull(headers.get("id"), "the field 'id'"),
                headers,
                HexFormat.of().formatHex(requireNonNull(fields.get(DATA), "the field 'event_data'")));
    }

    @Override
    public long unacknowledged(String fullTopic, String group) {
        return connection.sync().xpending(fullTopic, group).getCount();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        redis.close();
    }
}
