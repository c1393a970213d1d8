package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.testkit.WithRedis;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a consumer is told to end. */
@WithRedis
class ShutdownTest {

    private static final String TOPIC = "rings";
    private static final Signal<Ring> RING = Signal.of("org.carillon.shutdown.bell.rung.v1", "ring", Ring.class);
    private static final int EVENTS = 200;

    private @Nullable Process process;

    @AfterEach
    void killTheProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    record Ring(String bell, long number) {}

    /** The process: writes a line for each event that it has finished with, and takes its time. */
    static final class Ringer {

        private Ringer() {}

        public static void main(String[] arguments) {
            Path file = Path.of(arguments[0]);
            Events events = events();
            events.connect(RING, event -> {
                TimeUnit.MILLISECONDS.sleep(20);
                write(file, event.data().bell() + " " + event.data().number());
            });
            try (EventBus bus = EventBus.open(Settings.load(), events)) {
                bus.consumer(
                                List.of(TOPIC),
                                "ringers",
                                ConsumerOptions.defaults().withStartAt(StartAt.earliest()))
                        .runUntilShutdown();
            }
        }

        private static synchronized void write(Path file, String line) {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Another process: answers each ring with an echo. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] arguments) {
            Events events = events();
            try (EventBus bus = EventBus.open(Settings.load(), events)) {
                events.connect(RING, "echo", event -> {
                    TimeUnit.MILLISECONDS.sleep(5);
                    echo(bus, events, event.data());
                });
                bus.consumer(
                                List.of("calls"),
                                "echoes",
                                ConsumerOptions.defaults().withStartAt(StartAt.earliest()))
                        .runUntilShutdown();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as receivers do
    private static void echo(EventBus bus, Events events, Ring ring) {
        bus.producer().send(RING, "echoes", "ring.bell", ring, events.newMetadata(RING));
    }

    private static Events events() {
        return Events.builder().serviceName("ringers").signals(Signals.of(RING)).build();
    }

    private static List<String> rung(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void sigtermFinishesWhatWasReadAndLeavesNothingThatIsFinishedUnacknowledged(
            EmbeddedRedis redis, @TempDir Path folder) throws Exception {
        Settings settings = settings(redis);
        Path file = folder.resolve("rung");
        Events events = events();
        try (EventBus bus = EventBus.open(settings, events)) {
            for (int i = 0; i < EVENTS; i++) {
                bus.producer()
                        .send(RING, TOPIC, "ring.bell", new Ring("bell-" + i % 4, i), events.newMetadata(RING))
                        .join();
            }
            process = start(redis, Ringer.class, file);
            await().atMost(Duration.ofSeconds(60)).until(() -> rung(file).size() > 10);

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            GroupState state = bus.admin().groups(List.of(TOPIC)).stream()
                    .filter(each -> each.group().equals("ringers"))
                    .findFirst()
                    .orElseThrow();
            assertThat(state.pending()).hasValue(0);
            assertThat(rung(file)).hasSize(EVENTS - (int) state.lag().orElseThrow());
        }
    }

    @Test
    void sigtermLeavesEverythingOnTheBrokerThatReceiversSentForEventsThatAreAcknowledged(EmbeddedRedis redis)
            throws Exception {
        Events events = events();
        try (EventBus bus = EventBus.open(settings(redis), events);
                BusAdmin admin = bus.admin()) {
            for (int i = 0; i < EVENTS; i++) {
                bus.producer()
                        .send(RING, "calls", "ring.bell", new Ring("bell-" + i % 40, i), events.newMetadata(RING))
                        .join();
            }
            process = start(redis, Echo.class);
            await().atMost(Duration.ofMinutes(2)).until(() -> length(redis, "echoes") > 10);

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            GroupState state = admin.groups(List.of("calls")).stream()
                    .filter(each -> each.group().equals("echoes"))
                    .findFirst()
                    .orElseThrow();
            assertThat(state.pending()).hasValue(0);
            assertThat(length(redis, "echoes"))
                    .isGreaterThanOrEqualTo(length(redis, "calls") - state.lag().orElseThrow());
        }
    }

    private static long length(EmbeddedRedis redis, String topic) {
        RedisClient client = RedisClient.create(redis.url());
        try {
            return client.connect().sync().xlen(topic);
        } finally {
            client.shutdown();
        }
    }

    /** A machine that is busy takes its time. */
    private static Settings settings(EmbeddedRedis redis) {
        return Settings.of(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", redis.url() + "?socket_timeout=30"));
    }

    private static Process start(EmbeddedRedis redis, Class<?> main, Path... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("EVENT_BUS_REDIS_CONNECTION_URL", redis.url() + "?socket_timeout=30");
        return builder.start();
    }
}
