package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.embedded.EmbeddedRedisBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A Redis broker, with or without persistence. */
public final class RedisBroker implements Broker {

    /** How long the group waits for a consumer that does not renew its lease. */
    public static final Duration LEASE = Duration.ofSeconds(5);

    private final NetworkProxy network = new NetworkProxy("Redis");
    private final EmbeddedRedis redis;

    private final int consumers;

    /** Starts the server. */
    public RedisBroker(boolean persistent, int consumers) {
        this.consumers = consumers;
        EmbeddedRedisBuilder builder = EmbeddedRedis.builder();
        this.redis = (persistent ? builder.persistent() : builder).start();
        network.forwardTo(redis.port());
    }

    @Override
    public EmbeddedRedis server() {
        return redis;
    }

    @Override
    public NetworkProxy network() {
        return network;
    }

    /** Streams have no maximum length: only faults may lose messages. */
    @Override
    public Map<String, String> settings() {
        return Map.of(
                "EVENT_BUS_REDIS_CONNECTION_URL",
                "redis://127.0.0.1:" + network.port() + "/0",
                "EVENT_BUS_REDIS_STREAM_MAX_LEN",
                "0");
    }

    @Override
    public int consumers() {
        return consumers;
    }

    @Override
    public TopicTampering topicTampering() {
        return new RedisTampering(redis.url());
    }

    @Override
    public Optional<GroupTampering> groupTampering() {
        return Optional.of(new RedisTampering(redis.url()));
    }

    @Override
    public void close() {
        network.close();
        redis.close();
    }
}
