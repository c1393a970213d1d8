package dev.carillon.cli;

import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_CREATED;
import static dev.carillon.catalog.learning.LearningSignals.CERTIFICATE_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.catalog.learning.UserPersonalData;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.events.Events;
import dev.carillon.events.keys.CourseKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM for a worker whose plugin sends an event for each event that it receives. */
class WorkerShutdownTest {

    private static final int EVENTS = 5_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void onRedisEverythingThatReceiversSentIsPublished() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            terminateWhileWorking(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", redis.url() + "?socket_timeout=30"));
        }
    }

    @Test
    @Tag("thorough")
    void onKafkaToo() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            terminateWhileWorking(Map.of(
                    "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                    "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", registry.url(),
                    "EVENT_BUS_KAFKA_CLIENT_CONFIG", "{\"linger.ms\": 1000}"));
        }
    }

    private void terminateWhileWorking(Map<String, String> broker) throws Exception {
        Events events = Events.create("lms");
        Set<Long> published = ConcurrentHashMap.newKeySet();
        events.connect(
                CERTIFICATE_REVOKED,
                "count",
                event -> published.add(event.data().user().id()));
        try (EventBus bus = EventBus.open(Settings.of(broker), events)) {
            send(bus);
            EventConsumer counting = bus.consumer(
                            List.of("published"),
                            "counting",
                            ConsumerOptions.defaults().withStartAt(StartAt.earliest()))
                    .start()
                    .awaitReady(LONG);
            Process worker = start(broker);
            try {
                await().atMost(LONG).until(() -> !published.isEmpty());
            } finally {
                worker.destroy(); // SIGTERM
            }
            assertThat(worker.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(worker.exitValue()).isZero();
            List<Long> sent = Files.readAllLines(folder.resolve("awarded")).stream()
                    .map(Long::valueOf)
                    .toList();
            await().atMost(LONG).untilAsserted(() -> assertThat(published).containsAll(sent));
            assertThat(sent).hasSizeGreaterThanOrEqualTo(EVENTS - notAcknowledged(bus));
            counting.close();
        }
    }

    private static void send(EventBus bus) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            CertificateData certificate = CertificateData.builder()
                    .user(new UserData(i, true, new UserPersonalData("learner", "learner@example.org", "")))
                    .course(CourseData.builder()
                            .courseKey(CourseKey.parse("course-v1:acme+C" + i % 40 + "+2026"))
                            .build())
                    .mode("verified")
                    .grade("0.9")
                    .downloadUrl("")
                    .name("")
                    .currentStatus("downloadable")
                    .build();
            sent.add(bus.send(CERTIFICATE_CREATED, "certificates", "certificate.course.course_key", certificate));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private static int notAcknowledged(EventBus bus) {
        GroupState state = bus.admin().groups(List.of("certificates")).stream()
                .filter(each -> each.group().equals("badges"))
                .findFirst()
                .orElseThrow();
        return (int) (state.lag().orElseThrow() + state.pending().orElse(0));
    }

    private Process start(Map<String, String> broker) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginJar.badges(plugins.resolve("badges.jar"), "lms.djangoapp");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.carillon.cli.Main",
                        "work",
                        "-t",
                        "certificates",
                        "-g",
                        "badges",
                        "--from",
                        "earliest",
                        "--plugins",
                        plugins.toString(),
                        "--http-address",
                        "127.0.0.1",
                        "--http-port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(broker);
        builder.environment().put("BADGES", folder.toString());
        builder.environment()
                .put(
                        "EVENT_BUS_PRODUCER_CONFIG",
                        "{\"org.openedx.learning.certificate.revoked.v1\": {\"published\":"
                                + " {\"event_key_field\": \"certificate.course.course_key\", \"enabled\": true}}}");
        return builder.start();
    }
}
