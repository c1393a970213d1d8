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
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More dead letters than fit into a process that lists them, redrives one, and consumes in spite of them. */
@WithRedis
class ManyLargeDeadLettersTest {

    private static final String TOPIC = "bells";
    private static final String GROUP = "ringers";
    private static final Signal<Ring> RING = Signal.of("org.carillon.large.bell.rung.v1", "ring", Ring.class);
    private static final int LETTERS = 120;
    private static final int BYTES = 1 << 20;

    record Ring(String bell) {}

    /** The process, whose heap is smaller than the dead letters. */
    static final class Ringer {

        private Ringer() {}

        public static void main(String[] arguments) {
            Events events = events();
            events.connect(
                    RING, event -> System.out.println("rung " + event.data().bell()), ReceiverOptions.id("bell"));
            try (EventBus bus = EventBus.open(Settings.load(), events)) {
                DeadLetters letters = bus.deadLetters(TOPIC, GROUP);
                System.out.println("listed " + letters.list().size());
                bus.consumer(
                                List.of(TOPIC),
                                GROUP,
                                ConsumerOptions.defaults()
                                        .withStartAt(StartAt.earliest())
                                        .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK))
                                        .withMaxEvents(1))
                        .run();
                letters.redrive(letters.list().subList(0, LETTERS / 2));
                long redriven = letters.list().stream()
                        .filter(letter -> letter.redriven() != null)
                        .count();
                System.out.println("redriven " + redriven);
            }
        }
    }

    private static Events events() {
        return Events.builder().serviceName("ringers").signals(Signals.of(RING)).build();
    }

    @Test
    void dozensOfMegabytesOfDeadLettersFitAProcessOfLessHeap(EmbeddedRedis redis, @TempDir Path folder)
            throws Exception {
        fill(redis);
        Events events = events();
        try (EventBus bus = EventBus.open(
                Settings.of(Map.of(RedisTransportProvider.URL, redis.url())), events, new RedisTransportProvider())) {
            bus.producer()
                    .send(RING, TOPIC, "ring.bell", new Ring("Emmanuel"), events.newMetadata(RING))
                    .join();
        }
        Path output = folder.resolve("output");

        Process process = start(redis, output);

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(output).content().contains("listed " + LETTERS, "rung Emmanuel", "redriven " + LETTERS / 2);
        assertThat(process.exitValue()).isZero();
    }

    private static void fill(EmbeddedRedis redis) {
        byte[] value = new byte[BYTES];
        new Random(1).nextBytes(value);
        Transport transport = RedisBench.transport(redis.url(), Map.of());
        try (MessageStore store = Objects.requireNonNull(transport.store())) {
            for (int i = 0; i < LETTERS; i++) {
                String id = "%032x".formatted(i);
                List<Header> headers = List.of(
                        Header.of("carillon-id", id),
                        Header.of("carillon-topic", TOPIC),
                        Header.of("carillon-position", (i + 1) + "-0"),
                        Header.of("carillon-group", GROUP),
                        Header.of("carillon-key", "bell-" + i));
                store.keep(GroupTopics.deadLetters(TOPIC, GROUP), id, null, new RawMessage(headers, null, value));
            }
        }
        transport.close();
    }

    private static Process start(EmbeddedRedis redis, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx48m",
                        "-XX:+UseSerialGC", // others would leave holes behind arrays of a megabyte
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ringer.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(Files.createFile(output).toFile());
        builder.environment().put("EVENT_BUS_REDIS_CONNECTION_URL", redis.url());
        return builder.start();
    }
}
