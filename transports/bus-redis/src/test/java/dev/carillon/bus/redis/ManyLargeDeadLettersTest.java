package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.testkit.WithRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process lists and redrives dead letters that are larger than its heap, and consumes events in the meantime. */
@WithRedis
class ManyLargeDeadLettersTest {

    private static final String TOPIC = "courses";
    private static final String GROUP = "badges";
    private static final Signal<Course> COURSE =
            Signal.of("org.carillon.large.course.published.v1", "course", Course.class);
    private static final int DEAD_LETTERS = 120;
    private static final int BYTES = 1 << 20;

    record Course(String key) {}

    /** The process whose heap is smaller than the dead letters. */
    static final class SmallHeapConsumer {

        private SmallHeapConsumer() {}

        public static void main(String[] arguments) {
            Events events = events();
            events.connect(
                    COURSE,
                    event -> System.out.println("handled " + event.data().key()),
                    ReceiverOptions.id("badge"));
            try (EventBus bus = EventBus.open(Settings.load(), events)) {
                DeadLetters deadLetters = bus.deadLetters(TOPIC, GROUP);
                System.out.println("listed " + deadLetters.list().size());
                bus.consumer(
                                List.of(TOPIC),
                                GROUP,
                                ConsumerOptions.defaults()
                                        .withStartAt(StartAt.earliest())
                                        .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK))
                                        .withMaxEvents(1))
                        .run();
                deadLetters.redrive(deadLetters.list().subList(0, DEAD_LETTERS / 2));
                long redriven = deadLetters.list().stream()
                        .filter(each -> each.redrivenAt() != null)
                        .count();
                System.out.println("redriven " + redriven);
            }
        }
    }

    private static Events events() {
        return Events.builder()
                .serviceName("badges")
                .signals(Signals.of(COURSE))
                .build();
    }

    @Test
    @Tag("thorough")
    void deadLettersLargerThanTheHeapAreListedAndRedriven(EmbeddedRedis redis, @TempDir Path folder) throws Exception {
        fill(redis);
        Events events = events();
        try (EventBus bus = EventBus.open(
                Settings.of(Map.of(RedisTransportProvider.URL, redis.url())), events, new RedisTransportProvider())) {
            bus.producer()
                    .send(COURSE, TOPIC, "course.key", new Course("course-1"), events.newMetadata(COURSE))
                    .join();
        }
        Path output = folder.resolve("output");

        Process process = start(redis, output);

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .content()
                .contains("listed " + DEAD_LETTERS, "handled course-1", "redriven " + DEAD_LETTERS / 2);
        assertThat(process.exitValue()).isZero();
    }

    private static void fill(EmbeddedRedis redis) {
        byte[] value = new byte[BYTES];
        new Random(1).nextBytes(value);
        Transport transport = RedisFixture.transport(redis.url(), Map.of());
        try (MessageStore store = transport.store().orElseThrow()) {
            for (int i = 0; i < DEAD_LETTERS; i++) {
                String id = "%032x".formatted(i);
                List<Header> headers = List.of(
                        Header.of("carillon-id", id),
                        Header.of("carillon-topic", TOPIC),
                        Header.of("carillon-position", (i + 1) + "-0"),
                        Header.of("carillon-group", GROUP),
                        Header.of("carillon-key", "course-" + i));
                store.put(GroupTopics.deadLetters(TOPIC, GROUP), id, null, new RawMessage(headers, null, value));
            }
        }
        transport.close();
    }

    private static Process start(EmbeddedRedis redis, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx48m",
                        "-XX:+UseSerialGC", // other collectors fragment a small heap with arrays of a megabyte
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapConsumer.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(Files.createFile(output).toFile());
        builder.environment().put("EVENT_BUS_REDIS_CONNECTION_URL", redis.url());
        return builder.start();
    }
}
