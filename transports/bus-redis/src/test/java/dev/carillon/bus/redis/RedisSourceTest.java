package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.consume;
import static dev.carillon.bus.redis.RedisBench.number;
import static dev.carillon.bus.redis.RedisBench.numbers;
import static dev.carillon.bus.redis.RedisBench.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.models.stream.PendingMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisSourceTest {

    private EmbeddedRedis redis;
    private RedisBench bench;
    private String topic;

    @BeforeAll
    void startRedis() {
        redis = EmbeddedRedis.start();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void openBench() {
        bench = new RedisBench(redis);
        topic = bench.topic();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void aNewGroupAtTheEarliestGetsWhatIsThere() {
        bench.publish(topic, 3);

        assertThat(consume(bench.source(topic), 3)).containsExactly(0, 1, 2);
    }

    @Test
    void aNewGroupAtTheLatestGetsWhatComes() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(bench.spec(null, StartAt.latest(), Map.of(), topic));
        assertThat(source.poll(10, Duration.ZERO)).isEmpty();

        bench.publish(topic, 3, 5);

        assertThat(consume(source, 2)).containsExactly(3, 4);
    }

    @Test
    void aNewGroupAfterAPositionGetsWhatStandsBehindIt() {
        List<String> positions = bench.publish(topic, 5);
        MessageSource source = bench.source(bench.spec(null, StartAt.after(positions.get(2)), Map.of(), topic));

        assertThat(consume(source, 2)).containsExactly(3, 4);
    }

    @Test
    void aNewGroupAtATimeGetsWhatArrivedThenOrLater() {
        for (long millis : new long[] {1_000, 2_000, 2_001, 3_000}) {
            bench.plain()
                    .xadd(topic, new io.lettuce.core.XAddArgs().id(millis + "-0"), Wire.DATA, Long.toString(millis));
        }
        MessageSource source =
                bench.source(bench.spec(null, StartAt.time(Instant.ofEpochMilli(2_000)), Map.of(), topic));

        assertThat(consume(source, 3)).containsExactly(2_000, 2_001, 3_000);
    }

    @Test
    void checkBacklogMeansThatANewGroupGetsWhatIsThere() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(bench.spec(null, StartAt.latest(), Map.of("check_backlog", true), topic));

        assertThat(consume(source, 3)).containsExactly(0, 1, 2);
    }

    @Test
    void theLastReadMessageMeansThatANewGroupGetsWhatStandsBehindIt() {
        List<String> positions = bench.publish(topic, 5);
        MessageSource source =
                bench.source(bench.spec(null, StartAt.latest(), Map.of("last_read_msg_id", positions.get(3)), topic));

        assertThat(consume(source, 1)).containsExactly(4);
    }

    @Test
    void startingNeverMovesAGroupThatExists() {
        List<String> positions = bench.publish(topic, 5);
        bench.plain().xgroupCreate(io.lettuce.core.XReadArgs.StreamOffset.from(topic, positions.get(1)), "group");

        MessageSource source = bench.source(
                bench.spec(null, StartAt.earliest(), Map.of("last_read_msg_id", "0-0", "check_backlog", true), topic));

        assertThat(consume(source, 3)).containsExactly(2, 3, 4);
        assertThat(bench.incidents()).isEmpty();
    }

    @Test
    void pollingWaitsForMessagesNoLongerThanItHasTo() {
        MessageSource source = bench.source(topic);
        source.poll(1, Duration.ZERO);
        CompletableFuture<List<IncomingMessage>> polled =
                CompletableFuture.supplyAsync(() -> source.poll(10, Duration.ofSeconds(20)));
        await().until(() -> bench.plain().clientList().contains("cmd=xreadgroup"));

        bench.publish(topic, 1);

        assertThat(polled).succeedsWithin(RedisBench.PATIENCE);
        assertThat(numbers(polled.join())).containsExactly(0);
    }

    @Test
    void pollingEndsWhenTheTimeIsUp() {
        MessageSource source = bench.source(topic);

        assertThat(source.poll(10, Duration.ofMillis(50))).isEmpty();
        assertThat(source.poll(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void severalTopicsAreReadTogetherEachInItsOrder() {
        String other = bench.topic("other");
        bench.publish(topic, 50);
        bench.publish(other, 100, 150);
        MessageSource source = bench.source(topic, other);

        Map<String, List<Integer>> byTopic = new HashMap<>();
        poll(source, 100)
                .forEach(message -> byTopic.computeIfAbsent(message.topic(), absent -> new ArrayList<>())
                        .add(number(message)));

        assertThat(byTopic.get(topic)).containsExactlyElementsOf(range(0, 50));
        assertThat(byTopic.get(other)).containsExactlyElementsOf(range(100, 150));
    }

    @Test
    void noMoreMessagesAreHandedOutThanAskedFor() {
        String[] topics = {bench.topic("a"), bench.topic("b"), bench.topic("c")};
        for (String each : topics) {
            bench.publish(each, 4);
        }
        MessageSource source = bench.source(topics);

        List<IncomingMessage> all = new ArrayList<>();
        while (all.size() < 12) {
            List<IncomingMessage> messages = source.poll(2, RedisBench.PATIENCE);
            assertThat(messages).hasSizeBetween(1, 2);
            all.addAll(messages);
        }

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void pollingForNothingReadsNothing() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(topic);

        assertThat(source.poll(0, Duration.ofSeconds(20))).isEmpty();
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void acknowledgedMessagesAreNoLongerPending() {
        bench.publish(topic, 2_500);
        MessageSource source = bench.source(topic);
        List<IncomingMessage> messages = poll(source, 2_500);

        source.acknowledge(messages.subList(0, 2_000));

        PendingMessages pending = bench.plain().xpending(topic, "group");
        assertThat(pending.getCount()).isEqualTo(500);
        source.acknowledge(messages);
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void aMessageThatIsNotAcknowledgedIsNotHandedOutAgain() {
        bench.publish(topic, 5);
        MessageSource source = bench.source(topic);
        poll(source, 5);

        assertThat(source.poll(10, Duration.ofMillis(100))).isEmpty();
    }

    @Test
    void afterACrashTheSameConsumerFirstGetsWhatItHadNotFinished() {
        bench.publish(topic, 1_200);
        MessageSource crashed = bench.namedSource("worker", topic);
        List<IncomingMessage> messages = poll(crashed, 1_200);
        crashed.acknowledge(messages.subList(0, 100));
        crashed.close();
        bench.publish(topic, 1_200, 1_210);

        MessageSource successor = bench.namedSource("worker", topic);

        assertThat(consume(successor, 1_110)).containsExactlyElementsOf(range(100, 1_210));
    }

    @Test
    void afterAReconnectNothingIsHandedOutTwice() {
        bench.publish(topic, 10);
        MessageSource source = bench.source(topic);
        List<IncomingMessage> held = poll(source, 10);
        bench.plain().clientKill(io.lettuce.core.KillArgs.Builder.typeNormal().skipme());
        bench.publish(topic, 10, 12);

        List<IncomingMessage> next = pollThroughFailures(source, 2);

        assertThat(numbers(next)).containsExactly(10, 11);
        source.acknowledge(held);
        source.acknowledge(next);
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void messagesWhoseAnswerWasLostOnTheWayAreHandedOutAfterwards() {
        try (Proxy proxy = new Proxy(redis.port());
                RedisBench behind = new RedisBench(proxy.url()).calm()) {
            MessageSource source = behind.namedSource("worker", topic);
            bench.publish(topic, 2);
            List<IncomingMessage> held = poll(source, 2);
            proxy.swallowAnswers();
            bench.publish(topic, 2, 5);
            CompletableFuture<List<IncomingMessage>> lost =
                    CompletableFuture.supplyAsync(() -> source.poll(10, Duration.ofSeconds(20)));
            await().until(() -> bench.plain().xpending(topic, "group").getCount() == 5);

            proxy.breakConnections();

            assertThat(lost)
                    .failsWithin(RedisBench.PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(TransportException.class);
            assertThat(consume(source, 3)).containsExactly(2, 3, 4);
            assertThat(source.poll(10, Duration.ZERO)).isEmpty();
            source.acknowledge(held);
            assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
        }
    }

    @Test
    void aConnectionThatFallsSilentEndsInTime() {
        try (Proxy proxy = new Proxy(redis.port());
                RedisBench behind = new RedisBench(proxy.url() + "?socket_timeout=0.3")) {
            MessageSource source = behind.source(topic);
            source.poll(1, Duration.ZERO);
            proxy.swallowAnswers();

            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(100)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("read topics " + topic + " for group group")
                    .hasMessageContaining("within 300 ms");

            proxy.breakConnections();
            bench.publish(topic, 1);
            assertThat(consume(source, 1)).containsExactly(0);
        }
    }

    @Test
    void anInterruptEndsAPoll() throws Exception {
        MessageSource source = bench.source(topic);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread poller = new Thread(() -> {
            try {
                source.poll(1, Duration.ofSeconds(20));
            } catch (TransportException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        poller.start();
        await().until(() -> bench.plain().clientList().contains("cmd=xreadgroup"));

        poller.interrupt();

        assertThat(interrupted).succeedsWithin(RedisBench.PATIENCE).isEqualTo(true);
    }

    @Test
    void aGeneratedConsumerLeavesTheGroupWhenNothingIsPendingForIt() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(topic);
        consume(source, 3);
        assertThat(bench.plain().xinfoConsumers(topic, "group")).hasSize(1);

        source.close();

        assertThat(bench.plain().xinfoConsumers(topic, "group")).isEmpty();
    }

    @Test
    void aGeneratedConsumerStaysInTheGroupWhenSomethingIsPendingForIt() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(topic);
        poll(source, 3);

        source.close();

        assertThat(bench.plain().xinfoConsumers(topic, "group")).hasSize(1);
        assertThat(bench.plain().xpending(topic, "group").getCount()).isEqualTo(3);
    }

    @Test
    void aNamedConsumerStaysInTheGroup() {
        bench.publish(topic, 3);
        MessageSource source = bench.namedSource("worker", topic);
        consume(source, 3);

        source.close();

        assertThat(bench.plain().xinfoConsumers(topic, "group")).hasSize(1);
    }

    @Test
    void aPlainConsumerSharesTheGroup() {
        bench.publish(topic, 4);
        MessageSource source = bench.source(topic);
        assertThat(numbers(source.poll(2, Duration.ZERO))).containsExactly(0, 1);

        assertThat(bench.readOneAs("python", topic))
                .extracting(entry -> entry.getBody().get(Wire.DATA))
                .containsExactly("2");

        assertThat(numbers(source.poll(2, Duration.ZERO))).containsExactly(3);
    }

    /** Polls as the engine does: on when Redis fails. */
    static List<IncomingMessage> pollThroughFailures(MessageSource source, int count) {
        List<IncomingMessage> messages = new ArrayList<>();
        await().atMost(RedisBench.PATIENCE)
                .ignoreExceptionsInstanceOf(TransportException.class)
                .until(() -> {
                    messages.addAll(source.poll(count - messages.size(), Duration.ofMillis(100)));
                    return messages.size() == count;
                });
        return messages;
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
