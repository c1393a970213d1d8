package dev.carillon.testkit;

import dev.carillon.embedded.EmbeddedRedis;
import java.util.Map;

/** Used through {@link WithRedis}. */
final class RedisExtension extends ServersExtension<EmbeddedRedis> {

    RedisExtension() {
        super(
                EmbeddedRedis.class,
                EmbeddedRedis::start,
                Map.of(EmbeddedRedis.class, redis -> redis),
                redis -> Map.of(
                        "EVENT_BUS_PRODUCER", "redis",
                        "EVENT_BUS_CONSUMER", "redis",
                        "EVENT_BUS_REDIS_CONNECTION_URL", redis.url()));
    }
}
