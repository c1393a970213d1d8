package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A broker and a schema registry for a test class. */
final class KafkaBench implements AutoCloseable {

    private final KafkaAndRegistry servers;
    private @Nullable Admin admin;

    KafkaBench() {
        this(EmbeddedKafka::start);
    }

    KafkaBench(Supplier<EmbeddedKafka> kafka) {
        this.servers = KafkaAndRegistry.start(kafka);
    }

    EmbeddedKafka kafka() {
        return servers.kafka();
    }

    EmbeddedRegistry registry() {
        return servers.registry();
    }

    /** For inspecting and changing the cluster directly. Closed with the bench. */
    Admin admin() {
        if (admin == null) {
            admin = Admin.create(Map.of("bootstrap.servers", kafka().bootstrapServers()));
        }
        return admin;
    }

    Settings settings() {
        return settings(Map.of());
    }

    /** With short timeouts, so that lost members and new partitions are noticed soon. */
    Settings settings(Map<String, Object> clientConfig) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "metadata.max.age.ms", 500,
                "session.timeout.ms", 6_000,
                "heartbeat.interval.ms", 500));
        config.putAll(clientConfig);
        return Settings.of(Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS, kafka().bootstrapServers(),
                KafkaSettings.REGISTRY_URL, registry().url(),
                KafkaSettings.CLIENT_CONFIG, config));
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        servers.close();
    }
}
