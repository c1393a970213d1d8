package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.consume;
import static dev.carillon.bus.redis.RedisFixture.numbers;
import static dev.carillon.bus.redis.RedisFixture.poll;
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
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Several consumers that share a group and read concurrently. */
class SharedGroupTest extends RedisIntegrationTest {

    private static final int CLAIM_MILLIS = 800;

    @Override
    RedisFixture newFixture(EmbeddedRedis server) {
        return new RedisFixture(server).inspectingContinuously();
    }

    @Test
    void eachMessageGoesToOneConsumerWithoutIncidentsUnderLoad() {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger count = new AtomicInteger();
        List<CompletableFuture<Void>> consumers = List.of(
                CompletableFuture.runAsync(
                        () -> consumeAll(fixture.sharingSource(topic), 7, 10_000, seen, count),
                        RedisFixture.NEW_THREAD),
                CompletableFuture.runAsync(
                        () -> consumeAll(fixture.sharingSource(topic), 300, 10_000, seen, count),
                        RedisFixture.NEW_THREAD));
        MessageSink sink = fixture.sink();
        IntStream.range(0, 10_000)
                .mapToObj(number -> sink.send(RedisFixture.message(topic, number)))
                .toList()
                .forEach(CompletableFuture::join);

        consumers.forEach(CompletableFuture::join);

        assertThat(seen).hasSize(10_000);
        assertThat(count).hasValue(10_000);
        assertThat(fixture.incidents()).isEmpty();
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
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
    void continuouslyTrimmingMessagesThatWereReadIsNoIncident() {
        MessageSource first = fixture.sharingSource(topic);
        MessageSource second = fixture.sharingSource(topic);
        first.poll(0, Duration.ZERO);
        for (int round = 0; round < 40; round++) {
            fixture.publish(topic, 200);
            List<IncomingMessage> messages = new ArrayList<>();
            while (messages.size() < 200) {
                for (MessageSource source : List.of(first, second)) {
                    List<IncomingMessage> some = source.poll(60, Duration.ZERO);
                    source.acknowledge(some);
                    messages.addAll(some);
                }
            }
            fixture.client().xtrim(topic, 50L * (round % 3));
        }

        assertThat(fixture.incidents()).isEmpty();
    }

    @Test
    void messagesOfADeadConsumerAreClaimed() {
        fixture.publish(topic, 1_300);
        MessageSource dead = fixture.claimingSource("dead", CLAIM_MILLIS, topic);
        dead.acknowledge(poll(dead, 1_300).subList(0, 100));
        dead.close();
        MessageSource survivor = fixture.claimingSource("survivor", CLAIM_MILLIS, topic);

        List<Integer> taken = consume(survivor, 1_200);

        assertThat(taken)
                .containsExactlyElementsOf(IntStream.range(100, 1_300).boxed().toList());
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
        assertThat(fixture.incidents()).isEmpty();
    }

    @Test
    void inFlightMessagesOfASlowConsumerAreNotClaimedWhileItLives() {
        fixture.publish(topic, 5);
        MessageSource slow = fixture.claimingSource("slow", CLAIM_MILLIS, topic);
        List<IncomingMessage> inFlight = poll(slow, 5);
        MessageSource eager = fixture.claimingSource("eager", CLAIM_MILLIS, topic);

        long end = System.nanoTime() + Duration.ofMillis(4L * CLAIM_MILLIS).toNanos();
        List<IncomingMessage> claimed = new ArrayList<>();
        while (System.nanoTime() < end) {
            slow.poll(0, Duration.ZERO);
            claimed.addAll(eager.poll(10, Duration.ofMillis(20)));
        }

        assertThat(claimed).isEmpty();
        slow.acknowledge(inFlight);
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void inFlightMessagesAreClaimedOnceTheirConsumerStopsPolling() {
        fixture.publish(topic, 5);
        MessageSource silent = fixture.claimingSource("silent", CLAIM_MILLIS, topic);
        poll(silent, 5);
        MessageSource eager = fixture.claimingSource("eager", CLAIM_MILLIS, topic);

        assertThat(consume(eager, 5)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aConsumerThatWaitsForNewMessagesKeepsItsInFlightMessages() {
        fixture.publish(topic, 1);
        MessageSource slow = fixture.claimingSource("slow", CLAIM_MILLIS, topic);
        List<IncomingMessage> inFlight = poll(slow, 1);
        MessageSource eager = fixture.claimingSource("eager", CLAIM_MILLIS, topic);
        CompletableFuture<List<IncomingMessage>> waiting = CompletableFuture.supplyAsync(
                () -> slow.poll(10, Duration.ofMillis(4L * CLAIM_MILLIS)), RedisFixture.NEW_THREAD);

        List<IncomingMessage> claimed = eager.poll(10, Duration.ofMillis(4L * CLAIM_MILLIS));

        assertThat(claimed).isEmpty();
        assertThat(waiting.join()).isEmpty();
        slow.acknowledge(inFlight);
    }

    @Test
    void trimmedPendingMessagesAreReported() {
        List<String> positions = fixture.publish(topic, 6);
        MessageSource dead = fixture.claimingSource("dead", CLAIM_MILLIS, topic);
        poll(dead, 6);
        dead.close();
        fixture.client().xtrim(topic, 2);
        MessageSource survivor = fixture.claimingSource("survivor", CLAIM_MILLIS, topic);

        assertThat(numbers(survivor.poll(100, RedisFixture.TIMEOUT))).containsExactly(4, 5);

        assertThat(fixture.incidents()).hasSize(1);
        GroupIncident incident = fixture.incidents().get(0);
        assertThat(incident.kind()).isEqualTo(Kind.PENDING_LOST);
        assertThat(incident.messages()).isEqualTo(4);
        assertThat(incident.topic()).isEqualTo(topic);
        assertThat(incident.group()).isEqualTo("group");
        assertThat(incident.detail()).contains(positions.get(0), positions.get(3), "dead");
        assertThat(fixture.client().xpending(topic, "group").getCount()).isEqualTo(2);
    }

    @Test
    void trimmedInFlightMessagesOfALiveConsumerAreReportedOnce() {
        fixture.publish(topic, 6);
        MessageSource live = fixture.claimingSource("live", CLAIM_MILLIS, topic);
        List<IncomingMessage> inFlight = poll(live, 6);
        MessageSource other = fixture.claimingSource("other", CLAIM_MILLIS, topic);
        fixture.client().xtrim(topic, 0);

        long end = System.nanoTime() + Duration.ofMillis(3L * CLAIM_MILLIS).toNanos();
        while (System.nanoTime() < end) {
            live.poll(0, Duration.ZERO);
            other.poll(10, Duration.ofMillis(20));
        }
        live.acknowledge(inFlight);

        assertThat(fixture.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.PENDING_LOST, 6L));
    }

    @Test
    void deletedPendingMessagesOfTheSameConsumerAreReported() {
        List<String> positions = fixture.publish(topic, 3);
        MessageSource crashed = fixture.namedSource("worker", topic);
        poll(crashed, 3);
        crashed.close();
        fixture.client().xdel(topic, positions.get(1));

        assertThat(consume(fixture.namedSource("worker", topic), 2)).containsExactly(0, 2);

        assertThat(fixture.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.PENDING_LOST, 1L));
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void aMessageClaimedByAnotherConsumerCanStillBeAcknowledged() {
        List<String> positions = fixture.publish(topic, 1);
        MessageSource source = fixture.sharingSource(topic);
        List<IncomingMessage> inFlight = poll(source, 1);
        fixture.client()
                .xclaim(
                        topic,
                        io.lettuce.core.Consumer.from("group", "other"),
                        XClaimArgs.Builder.minIdleTime(0),
                        positions.get(0));

        source.acknowledge(inFlight);

        await().until(() -> fixture.client().xpending(topic, "group").getCount() == 0);
    }
}
