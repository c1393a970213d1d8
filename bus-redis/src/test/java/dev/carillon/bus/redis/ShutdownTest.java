package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.ConsumerOptions;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.GroupState;
import dev.carillon.bus.Settings;
import dev.carillon.bus.StartAt;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.testkit.WithRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a consumer is told to end. */
@WithRedis
class ShutdownTest {

    private static final String TOPIC = "rings";
    private static final Signal<Ring> RING = Signal.of("org.carillon.shutdown.bell.rung.v1", "ring", Ring.class);
    private static final int EVENTS = 200;

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

    private static Events events() {
        return Events.builder().serviceName("ringers").signals(Signals.of(RING)).build();
    }

    private static List<String> rung(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void sigtermFinishesWhatWasReadAndLeavesNothingThatIsFinishedUnacknowledged(
            EmbeddedRedis redis, @TempDir Path folder) throws Exception {
        Settings settings = Settings.of(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", redis.url()));
        Path file = folder.resolve("rung");
        Events events = events();
        try (EventBus bus = EventBus.open(settings, events)) {
            for (int i = 0; i < EVENTS; i++) {
                bus.producer()
                        .send(RING, TOPIC, "ring.bell", new Ring("bell-" + i % 4, i), events.newMetadata(RING))
                        .join();
            }
            Process process = start(redis, file);
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

    private static Process start(EmbeddedRedis redis, Path file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ringer.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("EVENT_BUS_REDIS_CONNECTION_URL", redis.url());
        return builder.start();
    }
}
