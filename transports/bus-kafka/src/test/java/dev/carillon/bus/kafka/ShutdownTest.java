package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SIGTERM for a process whose receivers publish through a producer with a long linger time. */
class ShutdownTest {

    private static final int EVENTS = 5_000;
    private static final String IN = "steps-in";
    private static final String OUT = "steps-out";

    private @Nullable Process process;

    @AfterEach
    void killTheProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** The process, written as the README shows it. Arguments: servers, registry. */
    static final class Forwarder {

        private Forwarder() {}

        public static void main(String[] arguments) {
            Settings settings = Settings.of(Map.of(
                    KafkaSettings.BOOTSTRAP_SERVERS,
                    arguments[0],
                    KafkaSettings.REGISTRY_URL,
                    arguments[1],
                    KafkaSettings.CLIENT_CONFIG,
                    Map.of("linger.ms", 1_000)));
            Events events = Step.events("forwarder");
            try (EventBus bus = EventBus.open(settings, events)) {
                events.connect(Step.TAKEN, "forward", event -> send(bus, events, OUT, event.data()));
                bus.consumer(
                                List.of(IN),
                                "forwarders",
                                ConsumerOptions.defaults()
                                        .withStartAt(StartAt.earliest())
                                        .withConcurrency(16))
                        .runUntilShutdown();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // receivers do not wait either
    private static void send(EventBus bus, Events events, String topic, Step step) {
        bus.producer().send(Step.TAKEN, topic, Step.KEY, step, events.newMetadata(Step.TAKEN));
    }

    @Test
    void sigtermWaitsForTheSendsOfAcknowledgedEvents() throws Exception {
        Events events = Step.events("writer");
        try (KafkaBench bench = KafkaBench.shared();
                EventBus bus = EventBus.open(bench.settings(), events)) {
            Admin admin = bench.admin();
            for (int i = 0; i < EVENTS; i++) {
                send(bus, events, IN, new Step("learner-" + i % 50, i));
            }
            process = start(bench);
            await("the first acknowledgements").atMost(Duration.ofSeconds(90)).until(() -> acknowledged(admin) > 0);

            process.destroy();

            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(forwarded(bench)).isGreaterThanOrEqualTo(acknowledged(admin));
        }
    }

    private static long acknowledged(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets("forwarders").partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private static long forwarded(KafkaBench bench) {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bench.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(OUT).stream()
                    .map(info -> new TopicPartition(OUT, info.partition()))
                    .toList();
            return reader.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static Process start(KafkaBench bench) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forwarder.class.getName(),
                        bench.kafka().bootstrapServers(),
                        bench.registry().url())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
