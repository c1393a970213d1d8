package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large entries are read within the memory limits. */
class LargeEntriesTest extends RedisIntegrationTest {

    private static final int MEGABYTE = 1_000_000;
    private static final int ENTRIES = 200;
    private static final long MAX_BYTES = 8L * MEGABYTE;

    /** A consumer with little memory, which reads all entries and acknowledges them or not. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] arguments) {
            boolean acknowledges = Boolean.parseBoolean(arguments[2]);
            SourceSpec spec = new SourceSpec(List.of(arguments[1]), "group", "reader", StartAt.earliest(), Map.of());
            try (Transport transport = RedisFixture.transport(arguments[0], Map.of());
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

    @AfterEach
    void deleteTopic() {
        fixture.client().del(topic); // 200 MB
    }

    @Test
    @Tag("thorough")
    void moreDataThanFitIntoTheHeapAreReadAndReadAgainAfterACrash(@TempDir Path folder) throws Exception {
        String large = "x".repeat(MEGABYTE);
        IntStream.range(0, ENTRIES).forEach(number -> fixture.client().xadd(topic, WireFormat.DATA, large));

        read(folder.resolve("first"), false);
        assertThat(fixture.client().xpending(topic, "group").getCount()).isEqualTo(ENTRIES);
        read(folder.resolve("second"), true);

        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
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
    void pollReturnsNoMoreBytesThanRequestedExceptForTheLastMessage() {
        publishSizes(100, 5_000);
        MessageSource source = fixture.source(topic);

        List<IncomingMessage> all = new ArrayList<>();
        while (all.size() < 100) {
            List<IncomingMessage> some = source.poll(500, 12_000, RedisFixture.TIMEOUT);
            assertThat(some).hasSizeBetween(1, 3);
            all.addAll(some);
        }

        assertThat(numbers(all))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void largeEntriesAfterManySmallOnesComeInOrderAndWithinTheBudget() {
        publishSizes(600, 1);
        publishSizes(60, 100_000);
        MessageSource source = fixture.source(topic);

        List<Integer> all = new ArrayList<>();
        while (all.size() < 660) {
            List<IncomingMessage> some = source.poll(500, 400_000, RedisFixture.TIMEOUT);
            assertThat(some.stream().mapToLong(each -> each.data().length).sum())
                    .isLessThan(600_000);
            all.addAll(numbers(some));
        }

        assertThat(all)
                .containsExactlyElementsOf(IntStream.concat(IntStream.range(0, 600), IntStream.range(0, 60))
                        .boxed()
                        .toList());
        assertThat(fixture.incidents()).isEmpty();
    }

    /** Publishes numbers, padded with leading zeros to this size. */
    private void publishSizes(int count, int size) {
        for (int number = 0; number < count; number++) {
            fixture.client().xadd(topic, WireFormat.DATA, ("%0" + Math.max(1, size) + "d").formatted(number));
        }
    }
}
