package dev.carillon.bus.redis;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.contract.BrokerOutageContract;
import dev.carillon.testkit.contract.BrokerProcess;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract of all transports for brokers that are killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisOutageContractTest extends BrokerOutageContract {

    private EmbeddedRedis redis;

    @BeforeAll
    void startRedis() {
        redis = EmbeddedRedis.builder().persistent().start();
    }

    @BeforeEach
    void startRedisAgain() {
        if (!redis.isRunning()) {
            redis.restart();
        }
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @Override
    protected TransportProvider transport() {
        return new RedisTransportProvider();
    }

    @Override
    protected Settings settings() {
        return Settings.of(
                Map.of(RedisTransportProvider.URL, redis.url() + "?socket_timeout=1&socket_connect_timeout=1"));
    }

    @Override
    protected BrokerProcess broker() {
        return BrokerProcess.of(redis);
    }
}
