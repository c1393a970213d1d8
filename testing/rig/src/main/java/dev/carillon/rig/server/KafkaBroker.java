package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A Kafka and its registry. */
public final class KafkaBroker implements Broker {

    /** How long a member that falls silent keeps its partitions. */
    public static final Duration SESSION = Duration.ofSeconds(6);

    /** A short patience, so that a storm of minutes sees every one of its ends. */
    private static final String CLIENTS = """
            {"session.timeout.ms": %d, "heartbeat.interval.ms": 500, "metadata.max.age.ms": 2000, \
            "request.timeout.ms": 4000, "delivery.timeout.ms": 8000, "default.api.timeout.ms": 4000, "max.block.ms": 4000}""".formatted(SESSION.toMillis());

    private static final int PARTITIONS = 6;

    private final Link link = new Link("Kafka");
    private final Link registryLink = new Link("the registry");
    private final KafkaAndRegistry servers;

    /** Starts both. */
    public KafkaBroker() {
        this.servers = KafkaAndRegistry.start(() -> EmbeddedKafka.builder()
                .advertisedPort(link.port())
                .partitions(PARTITIONS)
                // A broker that is killed within this time after a trim brings back what it had trimmed.
                .config("log.flush.start.offset.checkpoint.interval.ms", "200")
                .start());
        link.leadingTo(servers.kafka().port());
        registryLink.leadingTo(servers.registry().port());
    }

    @Override
    public EmbeddedServer server() {
        return servers.kafka();
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + link.port(),
                "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                registryUrl(),
                "EVENT_BUS_KAFKA_CLIENT_CONFIG",
                CLIENTS);
    }

    private String registryUrl() {
        EmbeddedRegistry registry = servers.registry();
        return registry.url().replace(":" + registry.port(), ":" + registryLink.port());
    }

    @Override
    public int members() {
        return 2;
    }

    @Override
    public TopicDamage damage() {
        return new KafkaDamage("127.0.0.1:" + link.port(), PARTITIONS);
    }

    @Override
    public Optional<Link> registryLink() {
        return Optional.of(registryLink);
    }

    @Override
    public void close() {
        link.close();
        registryLink.close();
        servers.close();
    }
}
