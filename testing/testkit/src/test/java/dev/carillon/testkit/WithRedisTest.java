package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Uses the extension as a service's tests do. */
@WithRedis
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithRedisTest {

    private final Set<String> ports = new HashSet<>();
    private final Set<Object> prefixes = new HashSet<>();

    @BeforeAll
    void beforeAllReceivesTheServer(EmbeddedRedis redis) {
        ports.add(redis.url());
    }

    @RepeatedTest(3)
    void aClassHasOneServerAndEachTestItsOwnTopics(EmbeddedRedis redis, Settings settings, Settings sameSettings) {
        assertThat(redis.isRunning()).isTrue();
        assertThat(settings).isSameAs(sameSettings);
        assertThat(settings.value("EVENT_BUS_REDIS_CONNECTION_URL")).contains(redis.url());
        assertThat(settings.value("EVENT_BUS_PRODUCER")).contains("redis");
        assertThat(settings.value("EVENT_BUS_CONSUMER")).contains("redis");
        assertThat(prefixes.add(settings.value("EVENT_BUS_TOPIC_PREFIX").orElseThrow()))
                .isTrue();
        ports.add(redis.url());
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class NestedTests {

        @Test
        void aNestedClassSharesTheServer(EmbeddedRedis redis) {
            ports.add(redis.url());
        }
    }

    @AfterAll
    void oneServerWasStarted(EmbeddedRedis redis) {
        assertThat(redis.isRunning()).isTrue();
        assertThat(ports).containsExactly(redis.url());
    }
}
