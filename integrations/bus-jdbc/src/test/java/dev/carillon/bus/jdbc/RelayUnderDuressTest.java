package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testing.CapturedLog;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a relay guarantees when processes are paused or stopped, and when the broker is down. */
@Tag("thorough")
class RelayUnderDuressTest extends OutboxFixture {

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
    void aRelayThatWasPausedPublishesNothingAfterAnotherHasTakenOver() throws Exception {
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
                    .as("events that were in flight when the relay was paused may be there twice")
                    .hasSizeBetween(102, 104);
        }
    }

    @Test
    void sigtermMarksPublishedEventsBeforeTheProcessEnds() throws Exception {
        commit("steps", numbers(0, 3_000).toArray(String[]::new));
        try (RelayProcess process = RelayProcess.besideAConsumer(database(), settings, OPTIONS)) {
            await("the relay to publish")
                    .atMost(SECONDS.multipliedBy(4))
                    .until(() -> redis.published("steps").size() > 100);

            process.terminate();
        }

        int published = redis.published("steps").size();
        assertThat(published).isLessThan(3_000);
        assertThat(OutboxRelay.of(dataSource, redis.producer()).status().waiting())
                .isEqualTo(3_000L - published);
    }

    @Test
    void theRelayContinuesAfterAnError() throws Exception {
        AtomicInteger errors = new AtomicInteger();
        DataSource failing = FailingDataSource.over(dataSource, () -> {
            if (errors.getAndIncrement() < 2) {
                throw new NoClassDefFoundError("a driver's");
            }
        });
        commit("steps", "one");
        try (OutboxRelay relay =
                        OutboxRelay.of(failing, redis.producer(), OPTIONS).start();
                CapturedLog log = new CapturedLog(OutboxRelay.class)) {
            awaitPublished("steps", "one");

            assertThat(relay.status().active()).isTrue();
            assertThat(log.warningsAndErrors().size()).isLessThanOrEqualTo(1);
        }
        assertThat(errors).hasValueGreaterThan(2);
    }

    @Test
    void aRelayIsStartedOnlyOnce() {
        try (OutboxRelay relay = relay()) {
            assertThatThrownBy(relay::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A relay is started once; to relay again, create another OutboxRelay");
        }
    }

    @Test
    void closingABusClosesItsRelaysFirst() throws Exception {
        commit("steps", numbers(0, 500).toArray(String[]::new));
        OutboxRelay relay = relay();
        await("the relay to publish")
                .atMost(SECONDS)
                .until(() -> !redis.published("steps").isEmpty());

        redis.producer().close();

        assertThat(relay.status().active()).isFalse();
        assertThat(relay.status().waiting())
                .isEqualTo(500L - redis.published("steps").size());
    }

    @Test
    void eventsWaitInTheTableWhileTheBrokerIsDown() throws Exception {
        try (EmbeddedRedis broker = EmbeddedRedis.builder().persistent().start();
                RedisTopics down = new RedisTopics(
                        settings.with("EVENT_BUS_REDIS_CONNECTION_URL", broker.url() + "?socket_timeout=1"));
                OutboxRelay relay = OutboxRelay.of(dataSource, down.producer(), OPTIONS);
                CapturedLog log = new CapturedLog(OutboxRelay.class)) {
            relay.start();
            commit(down, "steps", "before");
            awaitPublished(down, "steps", List.of("before"));
            broker.kill();
            for (String text : numbers(0, 100)) {
                commit(down, "steps", text);
            }
            await("a warning")
                    .atMost(SECONDS)
                    .until(() -> !log.warningsAndErrors().isEmpty());
            OutboxStatus status = relay.status();
            assertThat(status.waiting()).isEqualTo(100);
            assertThat(status.deadLettered()).isZero();
            assertThat(status.active()).isTrue();

            broker.restart();

            List<String> all = new ArrayList<>(List.of("before"));
            all.addAll(numbers(0, 100));
            awaitPublished(down, "steps", all);
            assertThat(log.warningsAndErrors())
                    .singleElement()
                    .asString()
                    .contains(
                            "cannot publish to topic ",
                            "-steps; its events stay in the outbox",
                            "127.0.0.1:" + broker.port());
        }
    }

    @Test
    void manyLargeEventsArePublishedInOrder() throws Exception {
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

    @Test
    void eventsWaitInTheTableWhileTheBrokerIsOutOfMemory() throws Exception {
        OutboxRelay relay = relay();
        try (CapturedLog log = new CapturedLog(OutboxRelay.class)) {
            redis.limitMemory("1");
            commit("steps", numbers(0, 20).toArray(String[]::new));
            await("a warning")
                    .atMost(SECONDS)
                    .until(() -> !log.warningsAndErrors().isEmpty());
            assertThat(relay.status().waiting()).isEqualTo(20);
            assertThat(relay.status().deadLettered()).isZero();

            redis.limitMemory("0");

            awaitPublished(redis, "steps", numbers(0, 20));
            assertThat(log.warningsAndErrors()).singleElement().asString().contains("OOM");
        }
    }

    @Test
    void eventsOfATopicStayInOrderWhenTheBrokerIsKilledRepeatedly() throws Exception {
        List<String> topics = List.of("one", "two", "three");
        try (EmbeddedRedis broker = EmbeddedRedis.builder().persistent().start();
                RedisTopics killed = new RedisTopics(
                        settings.with("EVENT_BUS_REDIS_CONNECTION_URL", broker.url() + "?socket_timeout=1"));
                OutboxRelay relay = OutboxRelay.of(dataSource, killed.producer(), OPTIONS);
                CapturedLog log = new CapturedLog(OutboxRelay.class)) {
            relay.start();
            for (String text : numbers(0, 120)) {
                for (String topic : topics) {
                    commit(killed, topic, text);
                }
                if (text.endsWith("30")) {
                    broker.kill();
                }
                if (text.endsWith("60")) {
                    broker.restart();
                }
                if (text.endsWith("90")) {
                    broker.kill();
                }
            }
            broker.restart();

            for (String topic : topics) {
                await(topic)
                        .atMost(SECONDS)
                        .untilAsserted(() -> assertThat(new LinkedHashSet<>(killed.published(topic)))
                                .containsExactlyElementsOf(numbers(0, 120)));
            }
            await().atMost(SECONDS).until(() -> relay.status().waiting() == 0);
            assertThat(log.warningsAndErrors())
                    .allMatch(line -> line.contains("Outbox relay cannot publish to topic "));
        }
    }
}
