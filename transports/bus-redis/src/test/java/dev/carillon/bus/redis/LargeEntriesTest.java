package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.embedded.EmbeddedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is read fits into memory, whatever its size. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeEntriesTest {

    private static final int MEGABYTE = 1_000_000;
    private static final int ENTRIES = 200;
    private static final long MAX_BYTES = 8L * MEGABYTE;

    private EmbeddedRedis redis;
    private RedisBench bench;
    private String topic;

    /** A consumer with little memory: reads all entries, and acknowledges them or leaves them. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] arguments) {
            boolean acknowledges = Boolean.parseBoolean(arguments[2]);
            SourceSpec spec = new SourceSpec(List.of(arguments[1]), "group", "reader", StartAt.earliest(), Map.of());
            try (Transport transport = RedisBench.transport(arguments[0], Map.of());
                    MessageSource source = transport.source(spec, incident -> {})) {
                int read = 0;
                while (read < ENTRIES) {
                    List<IncomingMessage> messages = source.poll(500, MAX_BYTES, Duration.ofSeconds(1));
                    if (acknowledges) {
                        source.acknowledge(messages);
                    }
                    read += messages.size();
                }
            }
        }
    }

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
        bench.plain().del(topic);
        bench.close();
    }

    @Test
    void moreThanTheHeapHoldsIsReadAndReadAgainAfterACrash(@TempDir Path folder) throws Exception {
        String large = "x".repeat(MEGABYTE);
        IntStream.range(0, ENTRIES).forEach(number -> bench.plain().xadd(topic, Wire.DATA, large));

        read(folder.resolve("first"), false);
        assertThat(bench.plain().xpending(topic, "group").getCount()).isEqualTo(ENTRIES);
        read(folder.resolve("second"), true);

        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    private void read(Path output, boolean acknowledges) throws Exception {
        Process process = ChildJvm.start(
                Reader.class,
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                output,
                redis.url(),
                topic,
                Boolean.toString(acknowledges));
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    @Test
    void aPollGivesNoMoreBytesThanWereAskedForButForTheLastMessage() {
        publishSizes(100, 5_000);
        MessageSource source = bench.source(topic);

        List<IncomingMessage> all = new ArrayList<>();
        while (all.size() < 100) {
            List<IncomingMessage> some = source.poll(500, 12_000, RedisBench.PATIENCE);
            assertThat(some).hasSizeBetween(1, 3);
            all.addAll(some);
        }

        assertThat(numbers(all))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void largeEntriesBehindManySmallOnesComeInOrderAndWithinTheBudget() {
        publishSizes(600, 1);
        publishSizes(60, 100_000);
        MessageSource source = bench.source(topic);

        List<Integer> all = new ArrayList<>();
        while (all.size() < 660) {
            List<IncomingMessage> some = source.poll(500, 400_000, RedisBench.PATIENCE);
            assertThat(some.stream().mapToLong(each -> each.data().length).sum())
                    .isLessThan(600_000);
            all.addAll(numbers(some));
        }

        assertThat(all)
                .containsExactlyElementsOf(IntStream.concat(IntStream.range(0, 600), IntStream.range(0, 60))
                        .boxed()
                        .toList());
        assertThat(bench.incidents()).isEmpty();
    }

    /** Numbers, with as many leading zeros as make them that long. */
    private void publishSizes(int count, int size) {
        for (int number = 0; number < count; number++) {
            bench.plain().xadd(topic, Wire.DATA, ("%0" + Math.max(1, size) + "d").formatted(number));
        }
    }
}
