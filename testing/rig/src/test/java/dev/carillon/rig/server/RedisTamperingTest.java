package dev.carillon.rig.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.rig.server.TopicTampering.Lost;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With wrong counts, the judge would blame the bus for losses of the broker, or overlook those of the bus. */
class RedisTamperingTest {

    private static final String TOPIC = "topic";
    private static final String GROUP = "group";

    private final EmbeddedRedis redis = EmbeddedRedis.start();
    private final RedisClient client = RedisClient.create(redis.url());
    private final RedisCommands<String, String> commands = client.connect().sync();
    private final RedisTampering tampering = new RedisTampering(redis.url());

    /** Two of seven entries are read, and the first of them is acknowledged. */
    @BeforeEach
    @SuppressWarnings("unchecked")
    void fill() {
        commands.xgroupCreate(StreamOffset.from(TOPIC, "0"), GROUP, XGroupCreateArgs.Builder.mkstream());
        for (int i = 1; i <= 7; i++) {
            commands.xadd(TOPIC, Map.of("type", "some", "id", "event-" + i));
        }
        commands
                .xreadgroup(
                        Consumer.from(GROUP, "member"), XReadArgs.Builder.count(2), StreamOffset.lastConsumed(TOPIC))
                .stream()
                .limit(1)
                .forEach(entry -> commands.xack(TOPIC, GROUP, entry.getId()));
    }

    @AfterEach
    void stop() {
        tampering.close();
        client.shutdown();
        redis.close();
    }

    @Test
    void trimmingDeletesTheOlderHalfOfUndeliveredEntriesAndReturnsThePendingOnes() {
        Lost lost = tampering.trim(TOPIC, GROUP);

        assertThat(lost.undelivered()).containsExactly("event-3", "event-4", "event-5");
        assertThat(lost.unacknowledged()).containsExactly("event-2");
        assertThat(commands.xlen(TOPIC)).isEqualTo(2);
    }

    @Test
    void trimmingAgainReturnsNoEntryTwice() {
        tampering.trim(TOPIC, GROUP);

        assertThat(tampering.trim(TOPIC, GROUP).undelivered()).containsExactly("event-6");
        assertThat(tampering.trim(TOPIC, GROUP)).satisfies(lost -> {
            assertThat(lost.undelivered()).containsExactly("event-7");
            assertThat(lost.unacknowledged()).isEmpty();
        });
        assertThat(tampering.trim(TOPIC, GROUP).undelivered()).isEmpty();
    }

    @Test
    void aRecreatedTopicLosesAllUnacknowledgedEntries() {
        Lost lost = tampering.recreate(TOPIC, GROUP);

        assertThat(lost.undelivered()).containsExactly("event-3", "event-4", "event-5", "event-6", "event-7");
        assertThat(lost.unacknowledged()).containsExactly("event-2");
        assertThat(commands.exists(TOPIC)).isZero();
        assertThat(tampering.recreate(TOPIC, GROUP).undelivered()).isEmpty();
    }

    @Test
    void aGroupThatIsSetToTheEndSkipsAllUndeliveredEntries() {
        assertThat(tampering.setToEnd(TOPIC, GROUP))
                .containsExactly("event-3", "event-4", "event-5", "event-6", "event-7");

        assertThat(tampering.setToEnd(TOPIC, GROUP)).isEmpty();
        assertThat(commands.xpending(TOPIC, GROUP).getCount()).isEqualTo(1);
    }

    @Test
    void removingConsumersRemovesTheirPendingEntries() {
        assertThat(tampering.removeConsumers(TOPIC, GROUP)).containsExactly("event-2");

        assertThat(commands.xpending(TOPIC, GROUP).getCount()).isZero();
        assertThat(commands.xinfoConsumers(TOPIC, GROUP)).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void allPendingIsActiveWhileItBelongsToOneConsumer() {
        assertThat(tampering.isAllPendingActive(TOPIC, GROUP)).isTrue();

        commands.xreadgroup(
                Consumer.from(GROUP, "another"), XReadArgs.Builder.count(1), StreamOffset.lastConsumed(TOPIC));

        assertThat(tampering.isAllPendingActive(TOPIC, GROUP)).isFalse();
    }
}
