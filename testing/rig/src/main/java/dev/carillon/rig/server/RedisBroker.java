package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.embedded.EmbeddedRedisBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A Redis that keeps everything, unless it is told not to. */
public final class RedisBroker implements Broker {

    /** How long a member that falls silent keeps its lease. */
    public static final Duration LEASE = Duration.ofSeconds(5);

    private final Link link = new Link("Redis");
    private final EmbeddedRedis redis;

    private final int members;

    /** Starts it. */
    public RedisBroker(boolean persistent, int members) {
        this.members = members;
        EmbeddedRedisBuilder builder = EmbeddedRedis.builder();
        this.redis = (persistent ? builder.persistent() : builder).start();
        link.leadingTo(redis.port());
    }

    @Override
    public EmbeddedRedis server() {
        return redis;
    }

    @Override
    public Link link() {
        return link;
    }

    /** Nothing is trimmed: this is no trial of a stream that is too short. */
    @Override
    public Map<String, String> settings() {
        return Map.of(
                "EVENT_BUS_REDIS_CONNECTION_URL",
                "redis://127.0.0.1:" + link.port() + "/0",
                "EVENT_BUS_REDIS_STREAM_MAX_LEN",
                "0");
    }

    @Override
    public int members() {
        return members;
    }

    @Override
    public TopicDamage damage() {
        return new RedisDamage(redis.url());
    }

    @Override
    public Optional<GroupDamage> groupDamage() {
        return Optional.of(new RedisDamage(redis.url()));
    }

    @Override
    public void close() {
        link.close();
        redis.close();
    }
}
