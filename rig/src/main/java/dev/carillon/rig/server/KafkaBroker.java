package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.util.Map;

/** A Kafka and its registry. */
public final class KafkaBroker implements Broker {

    /** A short patience, so that a storm of minutes sees every one of its ends. */
    private static final String CLIENTS = """
            {"session.timeout.ms": 6000, "heartbeat.interval.ms": 500, "metadata.max.age.ms": 2000, \
            "request.timeout.ms": 4000, "delivery.timeout.ms": 8000, "default.api.timeout.ms": 4000, "max.block.ms": 4000}""";

    private final Link link = new Link("Kafka");
    private final KafkaAndRegistry servers;

    /** Starts both. */
    public KafkaBroker() {
        this.servers = KafkaAndRegistry.start(() -> EmbeddedKafka.builder()
                .advertisedPort(link.port())
                .partitions(6)
                .start());
        link.leadingTo(servers.kafka().port());
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
                servers.registry().url(),
                "EVENT_BUS_KAFKA_CLIENT_CONFIG",
                CLIENTS);
    }

    @Override
    public int consumersInOrder() {
        return 2;
    }

    @Override
    public void close() {
        link.close();
        servers.close();
    }
}
