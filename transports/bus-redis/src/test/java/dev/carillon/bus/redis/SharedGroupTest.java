package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.consume;
import static dev.carillon.bus.redis.RedisBench.numbers;
import static dev.carillon.bus.redis.RedisBench.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.XClaimArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Several consumers in one group that share its work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedGroupTest {

    private static final int CLAIM_MILLIS = 800;

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
        bench = new RedisBench(redis).watchful();
        topic = bench.topic();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void eachMessageGoesToOneConsumerAndNothingIsAnIncidentUnderLoad() {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger count = new AtomicInteger();
        List<CompletableFuture<Void>> consumers = List.of(
                CompletableFuture.runAsync(() -> consumeAll(bench.sharingSource(topic), 7, 10_000, seen, count)),
                CompletableFuture.runAsync(() -> consumeAll(bench.sharingSource(topic), 300, 10_000, seen, count)));
        MessageSink sink = bench.sink();
        IntStream.range(0, 10_000)
                .mapToObj(number -> sink.send(RedisBench.message(topic, number)))
                .toList()
                .forEach(CompletableFuture::join);

        consumers.forEach(CompletableFuture::join);

        assertThat(seen).hasSize(10_000);
        assertThat(count).hasValue(10_000);
        assertThat(bench.incidents()).isEmpty();
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    private static void consumeAll(MessageSource source, int max, int total, Set<Integer> seen, AtomicInteger count) {
        while (count.get() < total) {
            List<IncomingMessage> messages = source.poll(max, Duration.ofMillis(50));
            seen.addAll(numbers(messages));
            count.addAndGet(messages.size());
            source.acknowledge(messages);
        }
    }

    @Test
    void aTopicThatIsTrimmedBehindItsConsumersAllTheTimeIsNoIncident() {
        MessageSource first = bench.sharingSource(topic);
        MessageSource second = bench.sharingSource(topic);
        first.poll(0, Duration.ZERO);
        for (int round = 0; round < 40; round++) {
            bench.publish(topic, 200);
            List<IncomingMessage> messages = new ArrayList<>();
            while (messages.size() < 200) {
                for (MessageSource source : List.of(first, second)) {
                    List<IncomingMessage> some = source.poll(60, Duration.ZERO);
                    source.acknowledge(some);
                    messages.addAll(some);
                }
            }
            bench.plain().xtrim(topic, 50L * (round % 3));
        }

        assertThat(bench.incidents()).isEmpty();
    }

    @Test
    void whatADeadConsumerLeftIsTakenOver() {
        bench.publish(topic, 1_300);
        MessageSource dead = bench.claimingSource("dead", CLAIM_MILLIS, topic);
        dead.acknowledge(poll(dead, 1_300).subList(0, 100));
        dead.close();
        MessageSource survivor = bench.claimingSource("survivor", CLAIM_MILLIS, topic);

        List<Integer> taken = consume(survivor, 1_200);

        assertThat(taken)
                .containsExactlyElementsOf(IntStream.range(100, 1_300).boxed().toList());
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
        assertThat(bench.incidents()).isEmpty();
    }

    @Test
    void whatASlowConsumerHoldsIsNotTakenOverWhileItLives() {
        bench.publish(topic, 5);
        MessageSource slow = bench.claimingSource("slow", CLAIM_MILLIS, topic);
        List<IncomingMessage> held = poll(slow, 5);
        MessageSource greedy = bench.claimingSource("greedy", CLAIM_MILLIS, topic);

        long end = System.nanoTime() + Duration.ofMillis(4L * CLAIM_MILLIS).toNanos();
        List<IncomingMessage> stolen = new ArrayList<>();
        while (System.nanoTime() < end) {
            slow.poll(0, Duration.ZERO);
            stolen.addAll(greedy.poll(10, Duration.ofMillis(20)));
        }

        assertThat(stolen).isEmpty();
        slow.acknowledge(held);
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void whatAConsumerHoldsIsTakenOverOnceItFallsSilent() {
        bench.publish(topic, 5);
        MessageSource silent = bench.claimingSource("silent", CLAIM_MILLIS, topic);
        poll(silent, 5);
        MessageSource greedy = bench.claimingSource("greedy", CLAIM_MILLIS, topic);

        assertThat(consume(greedy, 5)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aConsumerThatWaitsForNewMessagesKeepsWhatItHolds() {
        bench.publish(topic, 1);
        MessageSource slow = bench.claimingSource("slow", CLAIM_MILLIS, topic);
        List<IncomingMessage> held = poll(slow, 1);
        MessageSource greedy = bench.claimingSource("greedy", CLAIM_MILLIS, topic);
        CompletableFuture<List<IncomingMessage>> waiting =
                CompletableFuture.supplyAsync(() -> slow.poll(10, Duration.ofMillis(4L * CLAIM_MILLIS)));

        List<IncomingMessage> stolen = greedy.poll(10, Duration.ofMillis(4L * CLAIM_MILLIS));

        assertThat(stolen).isEmpty();
        assertThat(waiting.join()).isEmpty();
        slow.acknowledge(held);
    }

    @Test
    void pendingMessagesThatWereTrimmedAreTold() {
        List<String> positions = bench.publish(topic, 6);
        MessageSource dead = bench.claimingSource("dead", CLAIM_MILLIS, topic);
        poll(dead, 6);
        dead.close();
        bench.plain().xtrim(topic, 2);
        MessageSource survivor = bench.claimingSource("survivor", CLAIM_MILLIS, topic);

        assertThat(numbers(survivor.poll(100, RedisBench.PATIENCE))).containsExactly(4, 5);

        assertThat(bench.incidents()).hasSize(1);
        GroupIncident incident = bench.incidents().get(0);
        assertThat(incident.kind()).isEqualTo(Kind.PENDING_LOST);
        assertThat(incident.messages()).isEqualTo(4);
        assertThat(incident.topic()).isEqualTo(topic);
        assertThat(incident.group()).isEqualTo("group");
        assertThat(incident.detail()).contains(positions.get(0), positions.get(3), "dead");
        assertThat(bench.plain().xpending(topic, "group").getCount()).isEqualTo(2);
    }

    @Test
    void trimmedMessagesThatALiveConsumerHoldsAreToldOnce() {
        bench.publish(topic, 6);
        MessageSource live = bench.claimingSource("live", CLAIM_MILLIS, topic);
        List<IncomingMessage> held = poll(live, 6);
        MessageSource other = bench.claimingSource("other", CLAIM_MILLIS, topic);
        bench.plain().xtrim(topic, 0);

        long end = System.nanoTime() + Duration.ofMillis(3L * CLAIM_MILLIS).toNanos();
        while (System.nanoTime() < end) {
            live.poll(0, Duration.ZERO);
            other.poll(10, Duration.ofMillis(20));
        }
        live.acknowledge(held);

        assertThat(bench.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.PENDING_LOST, 6L));
    }

    @Test
    void aConsumersOwnPendingMessagesThatWereDeletedAreTold() {
        List<String> positions = bench.publish(topic, 3);
        MessageSource crashed = bench.namedSource("worker", topic);
        poll(crashed, 3);
        crashed.close();
        bench.plain().xdel(topic, positions.get(1));

        assertThat(consume(bench.namedSource("worker", topic), 2)).containsExactly(0, 2);

        assertThat(bench.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.PENDING_LOST, 1L));
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void aMessageThatSomebodyElseTookOverCanStillBeAcknowledged() {
        List<String> positions = bench.publish(topic, 1);
        MessageSource source = bench.sharingSource(topic);
        List<IncomingMessage> held = poll(source, 1);
        bench.plain()
                .xclaim(
                        topic,
                        io.lettuce.core.Consumer.from("group", "other"),
                        XClaimArgs.Builder.minIdleTime(0),
                        positions.get(0));

        source.acknowledge(held);

        await().until(() -> bench.plain().xpending(topic, "group").getCount() == 0);
    }
}
