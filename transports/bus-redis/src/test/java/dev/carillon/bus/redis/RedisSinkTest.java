package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.message;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisSinkTest {

    private EmbeddedRedis redis;
    private RedisBench bench;

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
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void messagesStandInTheOrderInWhichTheyWereSent() {
        List<String> positions = bench.publish(bench.topic(), 5_000);

        assertThat(positions).doesNotHaveDuplicates().hasSize(5_000);
        assertThat(stored(bench.topic())).containsExactlyElementsOf(numbers(0, 5_000));
        assertThat(bench.plain().xrange(bench.topic(), Range.unbounded()))
                .extracting(entry -> entry.getId())
                .containsExactlyElementsOf(positions);
    }

    @Test
    void messagesOfManyThreadsKeepEachThreadsOrder() throws Exception {
        MessageSink sink = bench.sink();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 1_000;
            work.add(CompletableFuture.runAsync(
                    () -> numbers(first, first + 1_000).stream()
                            .map(number -> sink.send(message(bench.topic(), number)))
                            .toList()
                            .forEach(CompletableFuture::join),
                    threads));
        }
        CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        threads.shutdown();

        List<Integer> stored = stored(bench.topic());
        assertThat(stored).hasSize(4_000);
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 1_000;
            assertThat(stored.stream().filter(number -> number >= first && number < first + 1_000))
                    .containsExactlyElementsOf(numbers(first, first + 1_000));
        }
    }

    @Test
    void aTopicKeepsAboutAsManyMessagesAsItsMaximumLength() {
        Transport transport = RedisBench.transport(redis.url(), Map.of(RedisTransportProvider.MAX_LEN, 200));
        try (transport;
                MessageSink sink = transport.sink()) {
            numbers(0, 2_000).stream()
                    .map(number -> sink.send(message(bench.topic(), number)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        assertThat(bench.plain().xlen(bench.topic())).isBetween(200L, 400L);
    }

    @Test
    void aTopicWithoutMaximumLengthKeepsEverything() {
        Transport transport = RedisBench.transport(redis.url(), Map.of(RedisTransportProvider.MAX_LEN, 0));
        try (transport;
                MessageSink sink = transport.sink()) {
            numbers(0, 12_000).stream()
                    .map(number -> sink.send(message(bench.topic(), number)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        assertThat(bench.plain().xlen(bench.topic())).isEqualTo(12_000);
    }

    @Test
    void aTopicThatIsNoStreamIsNamed() {
        bench.plain().set(bench.topic(), "text");

        assertThatThrownBy(() -> bench.sink().send(message(bench.topic(), 1)).join())
                .cause()
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("127.0.0.1:" + redis.port())
                .hasMessageContaining("take a message for topic " + bench.topic())
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        MessageSink sink = bench.transport().sink();
        List<CompletableFuture<String>> sent = numbers(0, 1_000).stream()
                .map(number -> sink.send(message(bench.topic(), number)))
                .toList();

        sink.close();

        assertThat(sent).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
        assertThat(stored(bench.topic())).hasSize(1_000);
    }

    @Test
    void aClosedSinkTakesNothing() {
        MessageSink sink = bench.transport().sink();
        sink.close();

        assertThatThrownBy(() -> sink.send(message(bench.topic(), 1)).join())
                .cause()
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the sink is closed");
    }

    @Test
    void aRedisThatIsAwayFailsMessagesInTimeAndServesThemWhenItIsBack() {
        try (EmbeddedRedis other = EmbeddedRedis.start();
                RedisBench impatient = new RedisBench(other.url() + "?socket_timeout=0.3")) {
            MessageSink sink = impatient.sink();
            sink.send(message(bench.topic(), 1)).join();
            other.kill();

            CompletableFuture<String> lost = sink.send(message(bench.topic(), 2));

            assertThatThrownBy(lost::join)
                    .cause()
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("127.0.0.1:" + other.port())
                    .hasMessageContaining("within 300 ms")
                    .hasMessageContaining("Connection refused");

            other.restart();
            await().atMost(RedisBench.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> sink.send(message(bench.topic(), 3)).join() != null);
        }
    }

    @Test
    void messagesOutliveARestartThatIsShorterThanTheTimeout() {
        try (EmbeddedRedis other = EmbeddedRedis.builder().persistent().start();
                RedisBench patient = new RedisBench(other)) {
            MessageSink sink = patient.sink();
            List<CompletableFuture<String>> sent = new ArrayList<>();
            for (int number = 0; number < 3_000; number++) {
                sent.add(sink.send(message(bench.topic(), number)));
                if (number == 1_000) {
                    sent.get(500).join();
                    other.kill();
                }
                if (number == 2_000) {
                    other.restart();
                }
            }
            sent.forEach(CompletableFuture::join);

            List<Integer> stored = patient.plain().xrange(bench.topic(), Range.unbounded()).stream()
                    .map(entry -> Integer.parseInt(entry.getBody().get(Wire.DATA)))
                    .toList();
            assertThat(new LinkedHashSet<>(stored)).containsExactlyElementsOf(numbers(0, 3_000));
        }
    }

    @Test
    void noMessageIsLostOrOvertakenWhenConnectionsBreak() {
        Transport transport = RedisBench.transport(redis.url(), Map.of(RedisTransportProvider.MAX_LEN, 0));
        try (transport;
                MessageSink sink = transport.sink()) {
            List<CompletableFuture<String>> sent = new ArrayList<>();
            for (int number = 0; number < 20_000; number++) {
                sent.add(sink.send(message(bench.topic(), number)));
                if (number % 4_000 == 3_999) {
                    sent.get(number - 2_000).join();
                    bench.plain().clientKill(KillArgs.Builder.typeNormal().skipme());
                }
            }
            sent.forEach(CompletableFuture::join);
        }

        assertThat(new LinkedHashSet<>(stored(bench.topic()))).containsExactlyElementsOf(numbers(0, 20_000));
    }

    @Test
    void aHangingRedisFailsMessagesInTimeAndServesThemWhenItGoesOn() throws Exception {
        try (EmbeddedRedis other = EmbeddedRedis.start();
                RedisBench impatient = new RedisBench(other.url() + "?socket_timeout=0.3&socket_connect_timeout=0.3")) {
            MessageSink sink = impatient.sink();
            sink.send(message(bench.topic(), 1)).join();
            RedisBench.signal(other, "STOP");

            assertThatThrownBy(() -> sink.send(message(bench.topic(), 2)).join())
                    .cause()
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("within 300 ms")
                    .hasMessageContaining("hangs")
                    .hasMessageContaining("may have been done nevertheless");

            RedisBench.signal(other, "CONT");
            await().atMost(RedisBench.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> sink.send(message(bench.topic(), 3)).join() != null);
        }
    }

    @Test
    void anAnswerThatIsLostMeansThatTheMessageIsSentAgain() {
        try (Proxy proxy = new Proxy(redis.port());
                RedisBench behind = new RedisBench(proxy.url())) {
            MessageSink sink = behind.sink();
            sink.send(message(bench.topic(), 1)).join();
            proxy.swallowAnswers();
            CompletableFuture<String> sent = sink.send(message(bench.topic(), 2));
            await().atMost(RedisBench.PATIENCE).until(() -> proxy.swallowed() > 0);

            proxy.breakConnections();

            sent.join();
            assertThat(stored(bench.topic())).containsExactly(1, 2, 2);
        }
    }

    @Test
    void anEndlessStreamOfUnansweredMessagesIsRefused() {
        List<String> problems = new ArrayList<>();
        RedisUrl nowhere = RedisUrlParser.parse("redis://127.0.0.1:1/0?socket_timeout=1", problems::add);
        assertThat(problems).isEmpty();
        try (RedisConnector connector = new RedisConnector(Objects.requireNonNull(nowhere));
                MessageSink sink = new RedisSink(connector, new Wire(0), 100)) {
            List<CompletableFuture<String>> waiting = numbers(0, 100).stream()
                    .map(number -> sink.send(message("topic", number)))
                    .toList();
            assertThat(waiting).hasSize(100);

            CompletableFuture<String> tooMuch = sink.send(message("topic", 100));

            assertThat(tooMuch).isCompletedExceptionally();
            assertThatThrownBy(tooMuch::join).hasMessageContaining("100 messages wait for it already");
        }
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private List<Integer> stored(String topic) {
        return bench.plain().xrange(topic, Range.unbounded()).stream()
                .map(entry -> Integer.parseInt(entry.getBody().get(Wire.DATA)))
                .toList();
    }
}
