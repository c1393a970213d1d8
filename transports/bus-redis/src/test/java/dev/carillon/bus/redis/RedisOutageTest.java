package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.message;
import static dev.carillon.bus.redis.RedisFixture.number;
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

/** Redis is killed, hangs and comes back while messages are published and read. */
class RedisOutageTest {

    @Test
    void aCommandAfterTheTransportWasClosedFailsLikeAnOutage() {
        RedisConnector connector =
                new RedisConnector(Objects.requireNonNull(RedisUrlParser.parse("redis://127.0.0.1:1", problem -> {})));
        connector.close();

        try (RedisCommandExecutor redis = new RedisCommandExecutor(connector)) {
            assertThatThrownBy(() -> redis.connect("renew a lease")).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void killingARedisWithAnAppendOnlyFileLosesNothing() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().persistent().start();
                RedisFixture fixture = new RedisFixture(redis)) {
            String topic = fixture.topic();
            MessageSource source = fixture.source(topic);
            MessageSink sink = fixture.sink();
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
            assertThat(fixture.incidents()).isEmpty();
        }
    }

    /** Polls and acknowledges like the engine, which retries when Redis fails, until this many messages were received. */
    private static void receive(MessageSource source, Set<Integer> received, int count) {
        List<IncomingMessage> unacknowledged = new ArrayList<>();
        long deadline = System.nanoTime() + RedisFixture.TIMEOUT.toNanos();
        while (received.size() < count || !unacknowledged.isEmpty()) {
            assertThat(System.nanoTime()).as("received %s", received).isLessThan(deadline);
            try {
                List<IncomingMessage> messages = source.poll(37, Duration.ofMillis(20));
                unacknowledged.addAll(messages);
                messages.forEach(message -> received.add(number(message)));
                source.acknowledge(unacknowledged);
                unacknowledged.clear();
            } catch (TransportException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aRedisThatLostItsDataGetsTheGroupAgain() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisFixture fixture = new RedisFixture(redis)) {
            String topic = fixture.topic();
            fixture.publish(topic, 3);
            MessageSource source = fixture.source(topic);
            List<IncomingMessage> unacknowledged = RedisFixture.poll(source, 3);

            redis.kill();
            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(50)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("127.0.0.1:" + redis.port());
            redis.restart();
            fixture.publish(topic, 3, 5);

            List<IncomingMessage> next = RedisSourceTest.pollThroughFailures(source, 2);
            assertThat(RedisFixture.numbers(next)).containsExactly(3, 4);
            source.acknowledge(unacknowledged);
            source.acknowledge(next);
            assertThat(fixture.incidentKinds()).containsExactly(Kind.GROUP_RECREATED);
        }
    }

    @Test
    void anUnreachableRedisIsReportedAtOnceWithAHint() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisFixture fixture = new RedisFixture(redis)) {
            redis.kill();
            MessageSource source = fixture.source("topic");

            assertThatThrownBy(() -> source.poll(1, Duration.ofSeconds(20)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageStartingWith(
                            "Redis at 127.0.0.1:" + redis.port() + ": cannot read topics topic for group group: ")
                    .hasMessageContaining("Connection refused")
                    .hasMessageContaining(RedisTransportProvider.URL);
            source.close();
        }
    }

    @Test
    void aHangingRedisFailsAPollInTimeAndServesTheNextWhenItContinues() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisFixture fixture =
                        new RedisFixture(redis.url() + "?socket_timeout=0.3&socket_connect_timeout=0.3")) {
            String topic = fixture.topic();
            MessageSource source = fixture.source(topic);
            source.poll(1, Duration.ZERO);
            RedisFixture.signal(redis, "STOP");

            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(100)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("hangs");
            assertThatThrownBy(() -> source.poll(1, Duration.ofMillis(100))).isInstanceOf(TransportException.class);
            assertThatThrownBy(() -> source.acknowledge(
                            List.of(IncomingMessage.of(topic, new StreamId(1, 0), List.of(), new byte[0]))))
                    .isInstanceOf(TransportException.class);

            RedisFixture.signal(redis, "CONT");
            fixture.publish(topic, 2);
            assertThat(RedisFixture.numbers(RedisSourceTest.pollThroughFailures(source, 2)))
                    .containsExactly(0, 1);
        }
    }

    @Test
    void aRedisThatBecameAReplicaIsReportedAndItsConnectionReplaced() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                RedisFixture fixture = new RedisFixture(redis)) {
            String topic = fixture.topic();
            MessageSource source = fixture.source(topic);
            MessageSink sink = fixture.sink();
            fixture.publish(topic, 1);
            fixture.client().replicaof("127.0.0.1", 1);

            assertThatThrownBy(() -> sink.send(message(topic, 1)).join())
                    .cause()
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("READONLY")
                    .hasMessageContaining("this is a replica");
            assertThatThrownBy(() -> source.poll(1, Duration.ZERO))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("READONLY");

            fixture.client().replicaofNoOne();
            sink.send(message(topic, 1)).join();
            assertThat(RedisFixture.numbers(RedisSourceTest.pollThroughFailures(source, 2)))
                    .containsExactly(0, 1);
        }
    }

    @Test
    void aFailedAcknowledgementCanBeRepeated() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().persistent().start();
                RedisFixture fixture = new RedisFixture(redis)) {
            String topic = fixture.topic();
            fixture.publish(topic, 3);
            MessageSource source = fixture.source(topic);
            List<IncomingMessage> messages = RedisFixture.poll(source, 3);
            redis.kill();
            assertThatThrownBy(() -> source.acknowledge(messages)).isInstanceOf(TransportException.class);
            redis.restart();

            source.acknowledge(messages);

            assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
            assertThat(source.poll(10, Duration.ofMillis(50))).isEmpty();
        }
    }

    /** After a restart, Redis 7.0 does not know how many entries a group has read, as after XGROUP SETID. */
    @Test
    void aRestartWhileAnotherConsumerReadsIsNotReportedAsAMove() {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().persistent().start();
                RedisFixture fixture = new RedisFixture(redis).inspectingContinuously()) {
            String topic = fixture.topic();
            fixture.publish(topic, 8);
            MessageSource source = fixture.source(topic);
            List<IncomingMessage> unacknowledged = RedisFixture.poll(source, 3);
            RedisFixture.inspect(source);
            fixture.readOneAs("another", topic);
            redis.kill();
            redis.restart();

            assertThat(RedisSourceTest.pollThroughFailures(source, 4)).hasSize(4);

            RedisFixture.inspect(source);
            source.acknowledge(unacknowledged);
            assertThat(fixture.incidents()).isEmpty();
        }
    }
}
