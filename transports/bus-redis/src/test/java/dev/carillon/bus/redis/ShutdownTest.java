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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a consumer receives SIGTERM. */
@WithRedis
class ShutdownTest {

    private static final String TOPIC = "enrollments";
    private static final Signal<Enrollment> ENROLLMENT =
            Signal.of("org.carillon.shutdown.enrollment.created.v1", "enrollment", Enrollment.class);
    private static final int EVENTS = 200;
    private static final int EVENTS_TO_FORWARD = 5_000;

    private @Nullable Process process;

    @AfterEach
    void killTheProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    record Enrollment(String user, long number) {}

    /** A process that handles events slowly, and writes a line for each finished one. */
    static final class SlowConsumer {

        private SlowConsumer() {}

        public static void main(String[] arguments) {
            Path file = Path.of(arguments[0]);
            Events events = events();
            events.connect(ENROLLMENT, event -> {
                TimeUnit.MILLISECONDS.sleep(20);
                write(file, event.data().user() + " " + event.data().number());
            });
            try (EventBus bus = EventBus.open(Settings.load(), events)) {
                bus.consumer(
                                List.of(TOPIC),
                                "badges",
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

    /** A process that publishes an event for each event that it receives. */
    static final class ForwardingConsumer {

        private ForwardingConsumer() {}

        public static void main(String[] arguments) {
            Events events = events();
            try (EventBus bus = EventBus.open(Settings.load(), events)) {
                events.connect(ENROLLMENT, "forward", event -> {
                    TimeUnit.MILLISECONDS.sleep(1);
                    forward(bus, events, event.data());
                });
                bus.consumer(
                                List.of("requests"),
                                "forwarded",
                                ConsumerOptions.defaults().withStartAt(StartAt.earliest()))
                        .runUntilShutdown();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as receivers do
    private static void forward(EventBus bus, Events events, Enrollment enrollment) {
        bus.producer().send(ENROLLMENT, "forwarded", "enrollment.user", enrollment, events.newMetadata(ENROLLMENT));
    }

    private static Events events() {
        return Events.builder()
                .serviceName("badges")
                .signals(Signals.of(ENROLLMENT))
                .build();
    }

    private static List<String> finished(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void sigtermFinishesInFlightEventsAndAcknowledgesThem(EmbeddedRedis redis, @TempDir Path folder) throws Exception {
        Settings settings = settings(redis);
        Path file = folder.resolve("finished");
        Events events = events();
        try (EventBus bus = EventBus.open(settings, events)) {
            for (int i = 0; i < EVENTS; i++) {
                bus.producer()
                        .send(
                                ENROLLMENT,
                                TOPIC,
                                "enrollment.user",
                                new Enrollment("user-" + i % 4, i),
                                events.newMetadata(ENROLLMENT))
                        .join();
            }
            process = start(redis, SlowConsumer.class, file);
            await().atMost(Duration.ofSeconds(60)).until(() -> finished(file).size() > 10);

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            GroupState state = bus.admin().groups(List.of(TOPIC)).stream()
                    .filter(each -> each.group().equals("badges"))
                    .findFirst()
                    .orElseThrow();
            assertThat(state.pending()).hasValue(0);
            assertThat(finished(file)).hasSize(EVENTS - (int) state.lag().orElseThrow());
        }
    }

    @Test
    void afterSigtermTheBrokerHasEverythingThatReceiversSentForAcknowledgedEvents(EmbeddedRedis redis)
            throws Exception {
        Events events = events();
        try (EventBus bus = EventBus.open(settings(redis), events);
                BusAdmin admin = bus.admin()) {
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int i = 0; i < EVENTS_TO_FORWARD; i++) {
                sent.add(bus.send(ENROLLMENT, "requests", "enrollment.user", new Enrollment("user-" + i % 40, i)));
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
            process = start(redis, ForwardingConsumer.class);
            await().atMost(Duration.ofMinutes(2)).until(() -> length(redis, "forwarded") > 10);

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            GroupState state = admin.groups(List.of("requests")).stream()
                    .filter(each -> each.group().equals("forwarded"))
                    .findFirst()
                    .orElseThrow();
            long acknowledged = length(redis, "requests")
                    - state.lag().orElseThrow()
                    - state.pending().orElseThrow();
            assertThat(acknowledged).isPositive();
            assertThat(length(redis, "forwarded")).isGreaterThanOrEqualTo(acknowledged);
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

    /** A long timeout, for busy machines. */
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
