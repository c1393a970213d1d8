package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a relay promises when processes hang, and brokers are away. */
class RelayUnderDuressTest extends OutboxBench {

    private static TestDatabase database;

    RelayUnderDuressTest(Settings settings) {
        super(settings);
    }

    @BeforeAll
    static void start() throws Exception {
        database = new H2();
    }

    @AfterAll
    static void endDatabase() throws Exception {
        database.end();
    }

    @Override
    TestDatabase database() {
        return database;
    }

    @Test
    void aRelayThatWasPausedDoesNotGoOnWhereAnotherHasTakenOver() throws Exception {
        List<String> texts = numbers(0, 100);
        try (RelayProcess paused = new RelayProcess(database(), settings, OPTIONS)) {
            commit("steps", "first");
            awaitPublished("steps", "first");
            redis.pauseWrites();
            commit("steps", texts.toArray(String[]::new));
            await("the relay to send").atMost(SECONDS).until(redis::isWritePaused);
            paused.signal("STOP");
            redis.resumeWrites();
            OutboxRelay other = relay();
            await().atMost(SECONDS)
                    .until(() -> other.status().active() && other.status().waiting() == 0);

            paused.signal("CONT");
            other.close();
            commit("steps", "last");

            List<String> all = new ArrayList<>(List.of("first"));
            all.addAll(texts);
            all.add("last");
            await().atMost(SECONDS).until(() -> redis.published("steps").contains("last"));
            assertThat(new LinkedHashSet<>(redis.published("steps"))).containsExactlyElementsOf(all);
            assertThat(redis.published("steps"))
                    .as("what was under way, or just about to be, may be there twice")
                    .hasSizeBetween(102, 104);
        }
    }

    @Test
    void aBrokerThatIsAwayOnlyMakesTheTableLonger() throws Exception {
        try (EmbeddedRedis broker = EmbeddedRedis.builder().persistent().start();
                RedisTopics away = new RedisTopics(
                        settings.with("EVENT_BUS_REDIS_CONNECTION_URL", broker.url() + "?socket_timeout=1"));
                OutboxRelay relay = OutboxRelay.of(dataSource, away.producer(), OPTIONS);
                CapturedLog log = new CapturedLog()) {
            relay.start();
            commit(away, "steps", "before");
            awaitPublished(away, "steps", List.of("before"));
            broker.kill();
            for (String text : numbers(0, 100)) {
                commit(away, "steps", text);
            }
            await("a word about it").atMost(SECONDS).until(() -> !log.troubles().isEmpty());
            OutboxStatus status = relay.status();
            assertThat(status.waiting()).isEqualTo(100);
            assertThat(status.parked()).isZero();
            assertThat(status.active()).isTrue();

            broker.restart();

            List<String> all = new ArrayList<>(List.of("before"));
            all.addAll(numbers(0, 100));
            awaitPublished(away, "steps", all);
            assertThat(log.troubles())
                    .singleElement()
                    .asString()
                    .contains("-steps cannot be published now", "127.0.0.1:" + broker.port());
        }
    }

    @Test
    void largeEventsAreReadFewAtATime() throws Exception {
        List<String> texts = numbers(0, 20);
        try (Connection connection = transaction()) {
            for (String text : texts) {
                JdbcOutbox.add(connection, redis.event("steps", text, "x".repeat(1_000_000)));
            }
            connection.commit();
        }

        relay();

        awaitPublished(redis, "steps", texts);
    }
}
