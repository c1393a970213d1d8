package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("thorough")
class KilledConsumerTest {

    private static final int EVENTS = 20_000;
    private static final Pattern ID = Pattern.compile("\"metadata\": ?\\{.*?\"id\": ?\"([0-9a-f-]{36})\"");
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void killingTheConsumerLosesNoEvents() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            Set<UUID> produced = produce(redis.url());

            Process first = consume(redis.url(), "first");
            await("the first consumer to have printed a quarter of the events")
                    .atMost(TIMEOUT)
                    .until(() -> lines("first") > EVENTS / 4);
            first.destroyForcibly().waitFor(); // kill -9

            assertThat(printed("first")).as("printed before the kill").hasSizeLessThan(EVENTS);

            Process second = consume(redis.url(), "second");
            try {
                await("every event to be printed by one of the two")
                        .atMost(TIMEOUT)
                        .untilAsserted(
                                () -> assertThat(printed("first", "second")).isEqualTo(produced));
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    private static Set<UUID> produce(String redisUrl) {
        Events events = Events.create("lms");
        Set<UUID> produced = new HashSet<>();
        List<CompletableFuture<String>> sent = new ArrayList<>();
        try (EventBus bus = EventBus.open(
                Settings.of(Map.of(
                        "EVENT_BUS_REDIS_CONNECTION_URL",
                        redisUrl,
                        "EVENT_BUS_REDIS_STREAM_MAX_LEN",
                        2 * EVENTS,
                        "EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED",
                        false)),
                events)) {
            for (int i = 0; i < EVENTS; i++) {
                EventMetadata metadata = events.newMetadata(LearningSignals.SESSION_LOGIN_COMPLETED);
                UserPersonalData person = new UserPersonalData("user" + i, "user" + i + "@example.org", "User " + i);
                sent.add(bus.producer()
                        .send(
                                LearningSignals.SESSION_LOGIN_COMPLETED,
                                "user-login",
                                "user.id",
                                new UserData(i, true, person),
                                metadata));
                produced.add(metadata.id());
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        }
        return produced;
    }

    /** Starts a process whose output goes to a file, which survives the process. */
    private Process consume(String redisUrl, String name) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "consume-events",
                "-t",
                "user-login",
                "-g",
                "activity",
                "--from",
                "earliest",
                "--extra",
                "{\"consumer_name\": \"activity-1\"}");
        command.environment().put("EVENT_BUS_REDIS_CONNECTION_URL", redisUrl);
        return command.redirectOutput(folder.resolve(name).toFile())
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
    }

    private long lines(String name) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(name), StandardCharsets.UTF_8)) {
            return lines.count();
        }
    }

    /** The ids of the events in these files, without an incomplete last line. */
    private Set<UUID> printed(String... names) throws IOException {
        Set<UUID> ids = new HashSet<>();
        for (String name : names) {
            for (String line : Files.readAllLines(folder.resolve(name), StandardCharsets.UTF_8)) {
                Matcher id = ID.matcher(line);
                if (line.endsWith("}") && id.find()) {
                    ids.add(UUID.fromString(id.group(1)));
                }
            }
        }
        return ids;
    }
}
