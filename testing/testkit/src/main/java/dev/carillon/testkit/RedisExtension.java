package dev.carillon.testkit;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import java.util.Map;

/** Used through {@link WithRedis}. */
final class RedisExtension extends ServersExtension<EmbeddedRedis, Settings> {

    RedisExtension() {
        super(
                EmbeddedRedis.class,
                EmbeddedRedis::start,
                Map.of(EmbeddedRedis.class, redis -> redis),
                Settings.class,
                redis -> withOwnTopics(Map.of(
                        "EVENT_BUS_PRODUCER", "redis",
                        "EVENT_BUS_CONSUMER", "redis",
                        "EVENT_BUS_REDIS_CONNECTION_URL", redis.url())));
    }
}
