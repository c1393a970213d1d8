package dev.carillon.spring.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIGTERM for a Spring Boot application that publishes what it receives, without an outbox. */
class ShutdownTest {

    private static final int EVENTS = 5_000;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Signal<Request> REQUESTED =
            Signal.of("org.example.forwarding.requested.v1", "request", Request.class);
    private static final Signal<Forwarded> FORWARDED =
            Signal.of("org.example.forwarding.forwarded.v1", "forwarded", Forwarded.class);

    @Test
    void onRedisWhatWasPublishedForAcknowledgedEventsIsThere() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            terminateWhileForwarding(Map.of("EVENT_BUS_REDIS_CONNECTION_URL", redis.url() + "?socket_timeout=30"));
        }
    }

    @Test
    @Tag("thorough")
    void onKafkaToo() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            terminateWhileForwarding(Map.of(
                    "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                    "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", registry.url(),
                    "EVENT_BUS_KAFKA_CLIENT_CONFIG", "{\"linger.ms\": 1000}"));
        }
    }

    private static void terminateWhileForwarding(Map<String, String> broker) throws Exception {
        Events events = Events.builder()
                .serviceName("requests")
                .signals(Signals.of(REQUESTED, FORWARDED))
                .build();
        Set<Long> forwarded = ConcurrentHashMap.newKeySet();
        events.connect(FORWARDED, "count", event -> forwarded.add(event.data().number()));
        try (EventBus bus = EventBus.open(Settings.of(broker), events)) {
            send(bus);
            EventConsumer counting = bus.consumer(
                            List.of("forwarded"),
                            "counting",
                            ConsumerOptions.defaults().withStartAt(StartAt.earliest()))
                    .start()
                    .awaitReady(LONG);
            Process application = start(broker);
            try {
                await().atMost(LONG).until(() -> !forwarded.isEmpty());
            } finally {
                application.destroy();
            }
            assertThat(application.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            long acknowledged = EVENTS - notAcknowledged(bus);
            await().atMost(LONG).until(() -> forwarded.size() >= acknowledged);
            assertThat(acknowledged).isPositive();
            counting.close();
        }
    }

    private static void send(EventBus bus) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            sent.add(bus.send(REQUESTED, "requests", "request.user", new Request("user-" + i % 40, i)));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private static long notAcknowledged(EventBus bus) {
        GroupState state = bus.admin().groups(List.of("requests")).stream()
                .filter(each -> each.group().equals("forwarding"))
                .findFirst()
                .orElseThrow();
        return state.lag().orElseThrow() + state.pending().orElse(0);
    }

    private static Process start(Map<String, String> broker) throws IOException {
        Map<String, String> variables = new HashMap<>(broker);
        variables.putAll(Map.of(
                "SPRING_APPLICATION_NAME", "forwarding",
                "SPRING_MAIN_WEB_APPLICATION_TYPE", "none",
                "SPRING_FLYWAY_ENABLED", "false",
                "SPRING_LIQUIBASE_ENABLED", "false",
                "SPRING_AUTOCONFIGURE_EXCLUDE",
                        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "CARILLON_CONSUMER_START_AT", "earliest",
                "CARILLON_PUBLISH_0_EVENT", "org.example.forwarding.forwarded.v1",
                "CARILLON_PUBLISH_0_TOPIC", "forwarded",
                "CARILLON_PUBLISH_0_KEY", "forwarded.user"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForwardingApplication.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "forwarding.log").toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }
}
