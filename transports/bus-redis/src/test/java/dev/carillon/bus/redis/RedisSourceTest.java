package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.consume;
import static dev.carillon.bus.redis.RedisFixture.number;
import static dev.carillon.bus.redis.RedisFixture.numbers;
import static dev.carillon.bus.redis.RedisFixture.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportException;
import io.lettuce.core.models.stream.PendingMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisSourceTest extends RedisIntegrationTest {

    @Test
    void aNewGroupAtEarliestGetsExistingMessages() {
        fixture.publish(topic, 3);

        assertThat(consume(fixture.source(topic), 3)).containsExactly(0, 1, 2);
    }

    @Test
    void aNewGroupAtLatestGetsNewMessages() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(fixture.spec(null, StartAt.latest(), Map.of(), topic));
        assertThat(source.poll(10, Duration.ZERO)).isEmpty();

        fixture.publish(topic, 3, 5);

        assertThat(consume(source, 2)).containsExactly(3, 4);
    }

    @Test
    void aNewGroupAfterAPositionGetsTheMessagesAfterIt() {
        List<String> positions = fixture.publish(topic, 5);
        MessageSource source = fixture.source(fixture.spec(null, StartAt.after(positions.get(2)), Map.of(), topic));

        assertThat(consume(source, 2)).containsExactly(3, 4);
    }

    @Test
    void aNewGroupAtATimeGetsTheMessagesAddedThenOrLater() {
        for (long millis : new long[] {1_000, 2_000, 2_001, 3_000}) {
            fixture.client()
                    .xadd(
                            topic,
                            new io.lettuce.core.XAddArgs().id(millis + "-0"),
                            WireFormat.DATA,
                            Long.toString(millis));
        }
        MessageSource source =
                fixture.source(fixture.spec(null, StartAt.time(Instant.ofEpochMilli(2_000)), Map.of(), topic));

        assertThat(consume(source, 3)).containsExactly(2_000, 2_001, 3_000);
    }

    @Test
    void checkBacklogStartsANewGroupAtTheOldestMessage() {
        fixture.publish(topic, 3);
        MessageSource source =
                fixture.source(fixture.spec(null, StartAt.latest(), Map.of("check_backlog", true), topic));

        assertThat(consume(source, 3)).containsExactly(0, 1, 2);
    }

    @Test
    void lastReadMsgIdStartsANewGroupAfterThatMessage() {
        List<String> positions = fixture.publish(topic, 5);
        MessageSource source = fixture.source(
                fixture.spec(null, StartAt.latest(), Map.of("last_read_msg_id", positions.get(3)), topic));

        assertThat(consume(source, 1)).containsExactly(4);
    }

    @Test
    void startingNeverMovesAnExistingGroup() {
        List<String> positions = fixture.publish(topic, 5);
        fixture.client().xgroupCreate(io.lettuce.core.XReadArgs.StreamOffset.from(topic, positions.get(1)), "group");

        MessageSource source = fixture.source(fixture.spec(
                null, StartAt.earliest(), Map.of("last_read_msg_id", "0-0", "check_backlog", true), topic));

        assertThat(consume(source, 3)).containsExactly(2, 3, 4);
        assertThat(fixture.incidents()).isEmpty();
    }

    @Test
    void pollReturnsAsSoonAsThereAreMessages() {
        MessageSource source = fixture.source(topic);
        source.poll(1, Duration.ZERO);
        CompletableFuture<List<IncomingMessage>> polled =
                CompletableFuture.supplyAsync(() -> source.poll(10, Duration.ofSeconds(20)), RedisFixture.NEW_THREAD);
        await().until(() -> fixture.client().clientList().contains("cmd=xreadgroup"));

        fixture.publish(topic, 1);

        assertThat(polled).succeedsWithin(RedisFixture.TIMEOUT);
        assertThat(numbers(polled.join())).containsExactly(0);
    }

    @Test
    void pollReturnsAfterTheTimeout() {
        MessageSource source = fixture.source(topic);

        assertThat(source.poll(10, Duration.ofMillis(50))).isEmpty();
        assertThat(source.poll(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void severalTopicsAreReadTogetherEachInOrder() {
        String other = fixture.topic("other");
        fixture.publish(topic, 50);
        fixture.publish(other, 100, 150);
        MessageSource source = fixture.source(topic, other);

        Map<String, List<Integer>> byTopic = new HashMap<>();
        poll(source, 100)
                .forEach(message -> byTopic.computeIfAbsent(message.topic(), absent -> new ArrayList<>())
                        .add(number(message)));

        assertThat(byTopic.get(topic)).containsExactlyElementsOf(range(0, 50));
        assertThat(byTopic.get(other)).containsExactlyElementsOf(range(100, 150));
    }

    @Test
    void pollReturnsNoMoreMessagesThanRequested() {
        String[] topics = {fixture.topic("a"), fixture.topic("b"), fixture.topic("c")};
        for (String each : topics) {
            fixture.publish(each, 4);
        }
        MessageSource source = fixture.source(topics);

        List<IncomingMessage> all = new ArrayList<>();
        while (all.size() < 12) {
            List<IncomingMessage> messages = source.poll(2, RedisFixture.TIMEOUT);
            assertThat(messages).hasSizeBetween(1, 2);
            all.addAll(messages);
        }

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void pollingForZeroMessagesReadsNothing() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(topic);

        assertThat(source.poll(0, Duration.ofSeconds(20))).isEmpty();
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void acknowledgedMessagesAreNoLongerPending() {
        fixture.publish(topic, 2_500);
        MessageSource source = fixture.source(topic);
        List<IncomingMessage> messages = poll(source, 2_500);

        source.acknowledge(messages.subList(0, 2_000));

        PendingMessages pending = fixture.client().xpending(topic, "group");
        assertThat(pending.getCount()).isEqualTo(500);
        source.acknowledge(messages);
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void anUnacknowledgedMessageIsNotDeliveredAgain() {
        fixture.publish(topic, 5);
        MessageSource source = fixture.source(topic);
        poll(source, 5);

        assertThat(source.poll(10, Duration.ofMillis(100))).isEmpty();
    }

    @Test
    void afterACrashTheSameConsumerFirstGetsItsUnfinishedMessages() {
        fixture.publish(topic, 1_200);
        MessageSource crashed = fixture.namedSource("worker", topic);
        List<IncomingMessage> messages = poll(crashed, 1_200);
        crashed.acknowledge(messages.subList(0, 100));
        crashed.close();
        fixture.publish(topic, 1_200, 1_210);

        MessageSource successor = fixture.namedSource("worker", topic);

        assertThat(consume(successor, 1_110)).containsExactlyElementsOf(range(100, 1_210));
    }

    @Test
    void afterAReconnectNothingIsDeliveredTwice() {
        fixture.publish(topic, 10);
        MessageSource source = fixture.source(topic);
        List<IncomingMessage> inFlight = poll(source, 10);
        fixture.client()
                .clientKill(io.lettuce.core.KillArgs.Builder.typeNormal().skipme());
        fixture.publish(topic, 10, 12);

        List<IncomingMessage> next = pollThroughFailures(source, 2);

        assertThat(numbers(next)).containsExactly(10, 11);
        source.acknowledge(inFlight);
        source.acknowledge(next);
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void messagesWhoseReplyWasLostAreDeliveredAfterwards() {
        try (LossyProxy proxy = new LossyProxy(redis.port());
                RedisFixture throughProxy = new RedisFixture(proxy.url()).inspectingOnce()) {
            MessageSource source = throughProxy.namedSource("worker", topic);
            fixture.publish(topic, 2);
            List<IncomingMessage> inFlight = poll(source, 2);
            proxy.dropReplies();
            fixture.publish(topic, 2, 5);
            CompletableFuture<List<IncomingMessage>> lost = CompletableFuture.supplyAsync(
                    () -> source.poll(10, Duration.ofSeconds(20)), RedisFixture.NEW_THREAD);
            await().until(() -> fixture.client().xpending(topic, "group").getCount() == 5);

            proxy.breakConnections();

            assertThat(lost)
                    .failsWithin(RedisFixture.TIMEOUT)
                    .withThrowableThat()
                    .withCauseInstanceOf(TransportException.class);
            assertThat(consume(source, 3)).containsExactly(2, 3, 4);
            assertThat(source.poll(10, Duration.ZERO)).isEmpty();
            source.acknowledge(inFlight);
            assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
        }
    }

    @Test
    void aConnectionWithoutRepliesTimesOut() {
        try (LossyProxy proxy = new LossyProxy(redis.port());
                RedisFixture throughProxy = new RedisFixture(proxy.url() + "?socket_timeout=0.3")) {
            MessageSource source = throughProxy.source(topic);
            source.poll(1, Duration.ZERO);
            proxy.dropReplies();

            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(100)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("read topics " + topic + " for group group")
                    .hasMessageContaining("within 300 ms");

            proxy.breakConnections();
            fixture.publish(topic, 1);
            assertThat(consume(source, 1)).containsExactly(0);
        }
    }

    @Test
    void anInterruptEndsAPoll() throws Exception {
        MessageSource source = fixture.source(topic);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread poller = new Thread(() -> {
            try {
                source.poll(1, Duration.ofSeconds(20));
            } catch (TransportException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        poller.start();
        await().until(() -> fixture.client().clientList().contains("cmd=xreadgroup"));

        poller.interrupt();

        assertThat(interrupted).succeedsWithin(RedisFixture.TIMEOUT).isEqualTo(true);
    }

    @Test
    void aConsumerWithAGeneratedNameIsRemovedOnCloseWhenNothingIsPending() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(topic);
        consume(source, 3);
        assertThat(fixture.client().xinfoConsumers(topic, "group")).hasSize(1);

        source.close();

        assertThat(fixture.client().xinfoConsumers(topic, "group")).isEmpty();
    }

    @Test
    void aConsumerWithAGeneratedNameStaysInTheGroupWhenMessagesArePending() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(topic);
        poll(source, 3);

        source.close();

        assertThat(fixture.client().xinfoConsumers(topic, "group")).hasSize(1);
        assertThat(fixture.client().xpending(topic, "group").getCount()).isEqualTo(3);
    }

    @Test
    void aNamedConsumerStaysInTheGroup() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.namedSource("worker", topic);
        consume(source, 3);

        source.close();

        assertThat(fixture.client().xinfoConsumers(topic, "group")).hasSize(1);
    }

    @Test
    void aPythonConsumerCanReadTheSameGroup() {
        fixture.publish(topic, 4);
        MessageSource source = fixture.source(topic);
        assertThat(numbers(source.poll(2, Duration.ZERO))).containsExactly(0, 1);

        assertThat(fixture.readOneAs("python", topic))
                .extracting(entry -> entry.getBody().get(WireFormat.DATA))
                .containsExactly("2");

        assertThat(numbers(source.poll(2, Duration.ZERO))).containsExactly(3);
    }

    /** Polls like the engine, which retries when Redis fails. */
    static List<IncomingMessage> pollThroughFailures(MessageSource source, int count) {
        List<IncomingMessage> messages = new ArrayList<>();
        await().atMost(RedisFixture.TIMEOUT)
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
