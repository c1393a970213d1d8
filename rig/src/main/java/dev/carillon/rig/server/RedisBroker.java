package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.embedded.EmbeddedRedisBuilder;
import java.util.Map;

/** A Redis that keeps everything, unless it is told not to. */
public final class RedisBroker implements Broker {

    private final Link link = new Link("Redis");
    private final EmbeddedRedis redis;

    /** Starts it. */
    public RedisBroker(boolean persistent) {
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

    /** Redis hands the entries of a group to its members without regard to keys. */
    @Override
    public int consumersInOrder() {
        return 1;
    }

    @Override
    public void close() {
        link.close();
        redis.close();
    }
}
