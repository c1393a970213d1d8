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
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker and a schema registry. Starting them takes seconds, so test classes share one pair unless they stop a server or need
 * special settings. Classes run at the same time: a class that shares uses names of topics and groups that no other class uses.
 *
 * <p>In a field with {@code @RegisterExtension}, it is closed after the tests of the class and its {@code @AfterAll} methods. The class
 * must not have nested classes: it would be closed after the first of them.
 */
public final class KafkaBench implements AutoCloseable, AfterAllCallback {

    /** Started when first used; they end with this JVM. */
    private static final class Shared {
        private static final KafkaAndRegistry SERVERS = KafkaAndRegistry.start();
    }

    /** Ends what only one bench uses. */
    @FunctionalInterface
    private interface Owned {
        void close();
    }

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final Owned owned;
    private @Nullable Admin admin;

    private KafkaBench(EmbeddedKafka kafka, EmbeddedRegistry registry, Owned owned) {
        this.kafka = kafka;
        this.registry = registry;
        this.owned = owned;
    }

    /** The servers of all test classes. They must not be stopped. */
    public static KafkaBench shared() {
        return new KafkaBench(Shared.SERVERS.kafka(), Shared.SERVERS.registry(), () -> {});
    }

    /** A broker of its own and the registry of all test classes, which must not be stopped. */
    static KafkaBench withOwnBroker() {
        return withOwnBroker(EmbeddedKafka::start);
    }

    /** As {@link #withOwnBroker()}, with special settings of the broker. */
    static KafkaBench withOwnBroker(Supplier<EmbeddedKafka> start) {
        EmbeddedKafka kafka = start.get();
        return new KafkaBench(kafka, Shared.SERVERS.registry(), kafka::close);
    }

    /** Servers of its own, stopped with the bench. */
    static KafkaBench withOwnServers() {
        KafkaAndRegistry servers = KafkaAndRegistry.start();
        return new KafkaBench(servers.kafka(), servers.registry(), servers::close);
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedRegistry registry() {
        return registry;
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

    /**
     * With short timeouts, so that lost members and new partitions are noticed soon, and a consumer that is closed does not wait for
     * the broker's response to its last request for messages.
     */
    Settings settings(Map<String, Object> clientConfig) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "metadata.max.age.ms", 500,
                "fetch.max.wait.ms", 50,
                "session.timeout.ms", 6_000,
                "heartbeat.interval.ms", 500));
        config.putAll(clientConfig);
        return Settings.of(Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS, kafka().bootstrapServers(),
                KafkaSettings.REGISTRY_URL, registry().url(),
                KafkaSettings.CLIENT_CONFIG, config));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        owned.close();
    }
}
