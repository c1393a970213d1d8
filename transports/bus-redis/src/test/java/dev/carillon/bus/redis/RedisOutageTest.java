package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.message;
import static dev.carillon.bus.redis.RedisBench.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.embedded.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Redis dies, hangs and comes back while messages are sent and read. */
class RedisOutageTest {

    @Test
    void whatIsAskedBehindTheEndOfItsConnectionsFailsAsAnyOutage() {
        RedisConnector connector =
                new RedisConnector(Objects.requireNonNull(RedisUrlParser.parse("redis://127.0.0.1:1", problem -> {})));
        connector.close();

        try (RedisLink link = new RedisLink(connector)) {
            assertThatThrownBy(() -> link.open("renew a lease")).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void killingARedisThatWritesToDiskLosesNothing() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().persistent().start();
                RedisBench bench = new RedisBench(redis)) {
            String topic = bench.topic();
            MessageSource source = bench.source(topic);
            MessageSink sink = bench.sink();
            List<CompletableFuture<String>> sent = new ArrayList<>();
            Set<Integer> received = new TreeSet<>();
            for (int number = 0; number < 2_000; number++) {
                sent.add(sink.send(message(topic, number)));
                if (number == 500 || number == 1_500) {
                    sent.get(number).join();
                    receive(source, received, 100);
                    redis.kill();
                }
                if (number == 700 || number == 1_700) {
                    redis.restart();
                }
            }
            sent.forEach(CompletableFuture::join);

            receive(source, received, 2_000);

            assertThat(received)
                    .containsExactlyElementsOf(IntStream.range(0, 2_000).boxed().toList());
            assertThat(bench.incidents()).isEmpty();
        }
    }

    /** Polls and acknowledges as the engine does, on when Redis fails, until so many were received. */
    private static void receive(MessageSource source, Set<Integer> received, int count) {
        List<IncomingMessage> held = new ArrayList<>();
        long deadline = System.nanoTime() + RedisBench.PATIENCE.toNanos();
        while (received.size() < count || !held.isEmpty()) {
            assertThat(System.nanoTime()).as("received %s", received).isLessThan(deadline);
            try {
                List<IncomingMessage> messages = source.poll(37, Duration.ofMillis(20));
                held.addAll(messages);
                messages.forEach(message -> received.add(number(message)));
                source.acknowledge(held);
                held.clear();
            } catch (TransportException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aRedisThatForgotEverythingGetsTheGroupAnew() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisBench bench = new RedisBench(redis)) {
            String topic = bench.topic();
            bench.publish(topic, 3);
            MessageSource source = bench.source(topic);
            List<IncomingMessage> held = RedisBench.poll(source, 3);

            redis.kill();
            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(50)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("127.0.0.1:" + redis.port());
            redis.restart();
            bench.publish(topic, 3, 5);

            List<IncomingMessage> next = RedisSourceTest.pollThroughFailures(source, 2);
            assertThat(RedisBench.numbers(next)).containsExactly(3, 4);
            source.acknowledge(held);
            source.acknowledge(next);
            assertThat(bench.incidentKinds()).containsExactly(Kind.GROUP_RECREATED);
        }
    }

    @Test
    void aRedisThatIsAwayIsToldAtOnceWithTheWayOut() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisBench bench = new RedisBench(redis)) {
            redis.kill();
            MessageSource source = bench.source("topic");

            assertThatThrownBy(() -> source.poll(1, Duration.ofSeconds(20)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageStartingWith(
                            "Redis at 127.0.0.1:" + redis.port() + " did not read topics topic for group group: ")
                    .hasMessageContaining("Connection refused")
                    .hasMessageContaining(RedisTransportProvider.URL);
            source.close();
        }
    }

    @Test
    void aRedisThatHangsEndsAPollInTimeAndServesTheNextWhenItGoesOn() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisBench bench = new RedisBench(redis.url() + "?socket_timeout=0.3&socket_connect_timeout=0.3")) {
            String topic = bench.topic();
            MessageSource source = bench.source(topic);
            source.poll(1, Duration.ZERO);
            RedisBench.signal(redis, "STOP");

            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(100)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("hangs");
            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(100))).isInstanceOf(TransportException.class);
            assertThatThrownBy(
                            () -> source.acknowledge(List.of(IncomingMessage.of(topic, "1-0", List.of(), new byte[0]))))
                    .isInstanceOf(TransportException.class);

            RedisBench.signal(redis, "CONT");
            bench.publish(topic, 2);
            assertThat(RedisBench.numbers(RedisSourceTest.pollThroughFailures(source, 2)))
                    .containsExactly(0, 1);
        }
    }

    @Test
    void aRedisThatBecameAReplicaIsToldAndLeftForTheNextPrimary() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisBench bench = new RedisBench(redis)) {
            String topic = bench.topic();
            MessageSource source = bench.source(topic);
            MessageSink sink = bench.sink();
            bench.publish(topic, 1);
            bench.plain().replicaof("127.0.0.1", 1);

            assertThatThrownBy(() -> sink.send(message(topic, 1)).join())
                    .cause()
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("READONLY")
                    .hasMessageContaining("this is a replica");
            assertThatThrownBy(() -> source.poll(1, Duration.ZERO))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("READONLY");

            bench.plain().replicaofNoOne();
            sink.send(message(topic, 1)).join();
            assertThat(RedisBench.numbers(RedisSourceTest.pollThroughFailures(source, 2)))
                    .containsExactly(0, 1);
        }
    }

    @Test
    void anAcknowledgementThatFailedCanBeGivenAgain() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().persistent().start();
                RedisBench bench = new RedisBench(redis)) {
            String topic = bench.topic();
            bench.publish(topic, 3);
            MessageSource source = bench.source(topic);
            List<IncomingMessage> messages = RedisBench.poll(source, 3);
            redis.kill();
            assertThatThrownBy(() -> source.acknowledge(messages)).isInstanceOf(TransportException.class);
            redis.restart();

            source.acknowledge(messages);

            assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
            assertThat(source.poll(10, Duration.ofMillis(50))).isEmpty();
        }
    }

    /** A Redis 7.0 that was killed does not know any more how many entries a group read, as after XGROUP SETID. */
    @Test
    void aKillWhileAnotherConsumerReadsOnIsNoMoveOfTheGroup() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().persistent().start();
                RedisBench bench = new RedisBench(redis).watchful()) {
            String topic = bench.topic();
            bench.publish(topic, 8);
            MessageSource source = bench.source(topic);
            List<IncomingMessage> held = RedisBench.poll(source, 3);
            RedisBench.look(source);
            bench.readOneAs("another", topic);
            redis.kill();
            redis.restart();

            assertThat(RedisSourceTest.pollThroughFailures(source, 4)).hasSize(4);

            RedisBench.look(source);
            source.acknowledge(held);
            assertThat(bench.incidents()).isEmpty();
        }
    }
}
