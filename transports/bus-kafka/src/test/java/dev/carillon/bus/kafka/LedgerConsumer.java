package dev.carillon.bus.kafka;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** A consumer in its own process, which appends each step to a ledger file. Arguments: ledger, servers, registry, topic. */
final class LedgerConsumer {

    private LedgerConsumer() {}

    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.of(Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS,
                arguments[1],
                KafkaSettings.REGISTRY_URL,
                arguments[2],
                KafkaSettings.CLIENT_CONFIG,
                Map.of("session.timeout.ms", 2_000, "heartbeat.interval.ms", 300, "default.api.timeout.ms", 1_000)));
        Events events = Step.events("ledger");
        try (OutputStream ledger = Files.newOutputStream(
                        Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                EventBus bus = EventBus.open(settings, events)) {
            events.connect(Step.TAKEN, event -> write(ledger, event.data()));
            bus.consumer(
                            java.util.List.of(arguments[3]),
                            "ledger",
                            ConsumerOptions.defaults().withStartAt(StartAt.earliest()))
                    .run();
        }
    }

    /** One write per line, so that a kill leaves whole lines. Synchronized because workers call it concurrently. */
    private static synchronized void write(OutputStream ledger, Step step) {
        try {
            ledger.write((step.learner() + " " + step.number() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
