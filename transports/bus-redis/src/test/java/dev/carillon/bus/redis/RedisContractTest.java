package dev.carillon.bus.redis;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.contract.TransportContract;
import dev.carillon.testkit.contract.TransportTraits;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of all transports. */
class RedisContractTest extends TransportContract {

    private static EmbeddedRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = EmbeddedRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    protected TransportProvider transport() {
        return new RedisTransportProvider();
    }

    @Override
    protected Settings settings() {
        return Settings.of(Map.of(RedisTransportProvider.URL, redis.url(), RedisTransportProvider.MAX_LEN, 0));
    }

    @Override
    protected TransportTraits traits() {
        return TransportTraits.standard().withSingleReader().withForcedMoves();
    }
}
