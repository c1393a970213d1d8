package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.KillArgs;
import io.lettuce.core.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("a connection must be made within 300 ms, also while other classes keep the processors busy")
class RedisSinkTest extends RedisIntegrationTest {

    @Test
    void messagesAreStoredInTheOrderInWhichTheyWereSent() {
        List<String> positions = fixture.publish(fixture.topic(), 5_000);

        assertThat(positions).doesNotHaveDuplicates().hasSize(5_000);
        assertThat(stored(fixture.topic())).containsExactlyElementsOf(numbers(0, 5_000));
        assertThat(fixture.client().xrange(fixture.topic(), Range.unbounded()))
                .extracting(entry -> entry.getId())
                .containsExactlyElementsOf(positions);
    }

    @Test
    void messagesOfSeveralThreadsKeepTheOrderOfEachThread() throws Exception {
        MessageSink sink = fixture.sink();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 1_000;
            work.add(CompletableFuture.runAsync(
                    () -> numbers(first, first + 1_000).stream()
                            .map(number -> sink.send(message(fixture.topic(), number)))
                            .toList()
                            .forEach(CompletableFuture::join),
                    threads));
        }
        CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        threads.shutdown();

        List<Integer> stored = stored(fixture.topic());
        assertThat(stored).hasSize(4_000);
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 1_000;
            assertThat(stored.stream().filter(number -> number >= first && number < first + 1_000))
                    .containsExactlyElementsOf(numbers(first, first + 1_000));
        }
    }

    @Test
    void aTopicIsTrimmedToAboutItsMaximumLength() {
        Transport transport = RedisFixture.transport(redis.url(), Map.of(RedisTransportProvider.MAX_LEN, 200));
        try (transport;
                MessageSink sink = transport.sink()) {
            numbers(0, 2_000).stream()
                    .map(number -> sink.send(message(fixture.topic(), number)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        assertThat(fixture.client().xlen(fixture.topic())).isBetween(200L, 400L);
    }

    @Test
    void aTopicWithoutMaximumLengthIsNotTrimmed() {
        Transport transport = RedisFixture.transport(redis.url(), Map.of(RedisTransportProvider.MAX_LEN, 0));
        try (transport;
                MessageSink sink = transport.sink()) {
            numbers(0, 12_000).stream()
                    .map(number -> sink.send(message(fixture.topic(), number)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        assertThat(fixture.client().xlen(fixture.topic())).isEqualTo(12_000);
    }

    @Test
    void aTopicThatIsNotAStreamIsNamed() {
        fixture.client().set(fixture.topic(), "text");

        assertThatThrownBy(
                        () -> fixture.sink().send(message(fixture.topic(), 1)).join())
                .cause()
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("127.0.0.1:" + redis.port())
                .hasMessageContaining("publish to topic " + fixture.topic())
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void closeWaitsForUnconfirmedMessages() {
        MessageSink sink = fixture.transport().sink();
        List<CompletableFuture<String>> sent = numbers(0, 1_000).stream()
                .map(number -> sink.send(message(fixture.topic(), number)))
                .toList();

        sink.close();

        assertThat(sent).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
        assertThat(stored(fixture.topic())).hasSize(1_000);
    }

    @Test
    void aClosedSinkRejectsMessages() {
        MessageSink sink = fixture.transport().sink();
        sink.close();

        assertThatThrownBy(() -> sink.send(message(fixture.topic(), 1)).join())
                .cause()
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the sink is closed");
    }

    @Test
    void anUnreachableRedisFailsMessagesInTimeAndAcceptsThemWhenItIsBack() {
        try (EmbeddedRedis other = EmbeddedRedis.start();
                RedisFixture shortTimeout = new RedisFixture(other.url() + "?socket_timeout=0.3")) {
            MessageSink sink = shortTimeout.sink();
            sink.send(message(fixture.topic(), 1)).join();
            other.kill();

            CompletableFuture<String> lost = sink.send(message(fixture.topic(), 2));

            assertThatThrownBy(lost::join)
                    .cause()
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("127.0.0.1:" + other.port())
                    .hasMessageContaining("within 300 ms")
                    .hasMessageContaining("Connection refused");

            other.restart();
            await().atMost(RedisFixture.TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> sink.send(message(fixture.topic(), 3)).join() != null);
        }
    }

    @Test
    void messagesSurviveARestartShorterThanTheTimeout() {
        try (EmbeddedRedis other = EmbeddedRedis.builder().persistent().start();
                RedisFixture defaultTimeout = new RedisFixture(other)) {
            MessageSink sink = defaultTimeout.sink();
            List<CompletableFuture<String>> sent = new ArrayList<>();
            for (int number = 0; number < 3_000; number++) {
                sent.add(sink.send(message(fixture.topic(), number)));
                if (number == 1_000) {
                    sent.get(500).join();
                    other.kill();
                }
                if (number == 2_000) {
                    other.restart();
                }
            }
            sent.forEach(CompletableFuture::join);

            List<Integer> stored = defaultTimeout.client().xrange(fixture.topic(), Range.unbounded()).stream()
                    .map(entry -> Integer.parseInt(entry.getBody().get(WireFormat.DATA)))
                    .toList();
            assertThat(new LinkedHashSet<>(stored)).containsExactlyElementsOf(numbers(0, 3_000));
        }
    }

    @Test
    void noMessageIsLostOrReorderedWhenConnectionsBreak() {
        Transport transport = RedisFixture.transport(redis.url(), Map.of(RedisTransportProvider.MAX_LEN, 0));
        try (transport;
                MessageSink sink = transport.sink()) {
            List<CompletableFuture<String>> sent = new ArrayList<>();
            for (int number = 0; number < 20_000; number++) {
                sent.add(sink.send(message(fixture.topic(), number)));
                if (number % 4_000 == 3_999) {
                    sent.get(number - 2_000).join();
                    fixture.client().clientKill(KillArgs.Builder.typeNormal().skipme());
                }
            }
            sent.forEach(CompletableFuture::join);
        }

        assertThat(new LinkedHashSet<>(stored(fixture.topic()))).containsExactlyElementsOf(numbers(0, 20_000));
    }

    @Test
    void aHangingRedisFailsMessagesInTimeAndAcceptsThemWhenItContinues() throws Exception {
        try (EmbeddedRedis other = EmbeddedRedis.start();
                RedisFixture shortTimeout =
                        new RedisFixture(other.url() + "?socket_timeout=0.3&socket_connect_timeout=0.3")) {
            MessageSink sink = shortTimeout.sink();
            sink.send(message(fixture.topic(), 1)).join();
            RedisFixture.signal(other, "STOP");

            assertThatThrownBy(() -> sink.send(message(fixture.topic(), 2)).join())
                    .cause()
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("within 300 ms")
                    .hasMessageContaining("hangs")
                    .hasMessageContaining("may have executed it nevertheless");

            RedisFixture.signal(other, "CONT");
            await().atMost(RedisFixture.TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> sink.send(message(fixture.topic(), 3)).join() != null);
        }
    }

    @Test
    void aMessageIsSentAgainWhenItsConfirmationIsLost() {
        try (LossyProxy proxy = new LossyProxy(redis.port());
                RedisFixture throughProxy = new RedisFixture(proxy.url())) {
            MessageSink sink = throughProxy.sink();
            sink.send(message(fixture.topic(), 1)).join();
            proxy.dropReplies();
            CompletableFuture<String> sent = sink.send(message(fixture.topic(), 2));
            await().atMost(RedisFixture.TIMEOUT).until(() -> proxy.droppedBytes() > 0);

            proxy.breakConnections();

            sent.join();
            assertThat(stored(fixture.topic())).containsExactly(1, 2, 2);
        }
    }

    @Test
    void tooManyUnconfirmedMessagesAreRejected() {
        List<String> problems = new ArrayList<>();
        RedisUrl unreachable = RedisUrlParser.parse("redis://127.0.0.1:1/0?socket_timeout=1", problems::add);
        assertThat(problems).isEmpty();
        try (RedisConnector connector = new RedisConnector(Objects.requireNonNull(unreachable));
                MessageSink sink = new RedisSink(connector, new WireFormat(0), 100)) {
            List<CompletableFuture<String>> waiting = numbers(0, 100).stream()
                    .map(number -> sink.send(message("topic", number)))
                    .toList();
            assertThat(waiting).hasSize(100);

            CompletableFuture<String> oneTooMany = sink.send(message("topic", 100));

            assertThat(oneTooMany).isCompletedExceptionally();
            assertThatThrownBy(oneTooMany::join).hasMessageContaining("100 messages are unconfirmed");
        }
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private List<Integer> stored(String topic) {
        return fixture.client().xrange(topic, Range.unbounded()).stream()
                .map(entry -> Integer.parseInt(entry.getBody().get(WireFormat.DATA)))
                .toList();
    }
}
