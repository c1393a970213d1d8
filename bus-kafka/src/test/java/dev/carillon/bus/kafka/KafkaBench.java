package dev.carillon.bus.kafka;

import dev.carillon.bus.Settings;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import java.util.HashMap;
import java.util.Map;

/** A broker and a registry for a test class. */
final class KafkaBench implements AutoCloseable {

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;

    KafkaBench() {
        this(EmbeddedKafka.start());
    }

    KafkaBench(EmbeddedKafka kafka) {
        this.kafka = kafka;
        this.registry = EmbeddedRegistry.start();
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    EmbeddedRegistry registry() {
        return registry;
    }

    Settings settings() {
        return settings(Map.of());
    }

    /** Groups notice quickly that a member is gone, and clients that a partition is new. */
    Settings settings(Map<String, Object> clientConfig) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "metadata.max.age.ms", 500,
                "session.timeout.ms", 6_000,
                "heartbeat.interval.ms", 500));
        config.putAll(clientConfig);
        return Settings.of(Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS, kafka.bootstrapServers(),
                KafkaSettings.REGISTRY_URL, registry.url(),
                KafkaSettings.CLIENT_CONFIG, config));
    }

    @Override
    public void close() {
        kafka.close();
        registry.close();
    }
}
