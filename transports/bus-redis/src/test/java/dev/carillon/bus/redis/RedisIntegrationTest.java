package dev.carillon.bus.redis;

import dev.carillon.embedded.EmbeddedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A test class with a Redis of its own, and with a fixture and a topic per test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisIntegrationTest {

    protected EmbeddedRedis redis;
    protected RedisFixture fixture;
    protected String topic;

    @BeforeAll
    void startRedis() {
        redis = EmbeddedRedis.start();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void openFixture() {
        fixture = newFixture(redis);
        topic = fixture.topic();
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    /** The fixture of a test; overridden where its transport has other inspection intervals. */
    RedisFixture newFixture(EmbeddedRedis server) {
        return new RedisFixture(server);
    }
}
