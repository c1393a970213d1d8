package dev.carillon.rig.server;

import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import dev.carillon.embedded.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A Kafka broker and a schema registry. */
public final class KafkaBroker implements Broker {

    /** How long the group waits for a consumer that sends no heartbeats. */
    public static final Duration SESSION = Duration.ofSeconds(6);

    /** Short timeouts, so that each of them expires several times in a run of a few minutes. */
    private static final String CLIENT_CONFIG = """
            {"session.timeout.ms": %d, "heartbeat.interval.ms": 500, "metadata.max.age.ms": 2000, \
            "request.timeout.ms": 4000, "delivery.timeout.ms": 8000, "default.api.timeout.ms": 4000, "max.block.ms": 4000}""".formatted(SESSION.toMillis());

    private static final int PARTITIONS = 6;

    private final NetworkProxy network = new NetworkProxy("Kafka");
    private final NetworkProxy registryNetwork = new NetworkProxy("the registry");
    private final KafkaAndRegistry servers;

    /** Starts both servers. */
    public KafkaBroker() {
        this.servers = KafkaAndRegistry.start(() -> EmbeddedKafka.builder()
                .advertisedPort(network.port())
                .partitions(PARTITIONS)
                // a broker that is killed within this time after a trim restores the trimmed records
                .config("log.flush.start.offset.checkpoint.interval.ms", "200")
                .start());
        network.forwardTo(servers.kafka().port());
        registryNetwork.forwardTo(servers.registry().port());
    }

    @Override
    public EmbeddedServer server() {
        return servers.kafka();
    }

    @Override
    public NetworkProxy network() {
        return network;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + network.port(),
                "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                registryUrl(),
                "EVENT_BUS_KAFKA_CLIENT_CONFIG",
                CLIENT_CONFIG);
    }

    private String registryUrl() {
        EmbeddedRegistry registry = servers.registry();
        return registry.url().replace(":" + registry.port(), ":" + registryNetwork.port());
    }

    @Override
    public int consumers() {
        return 2;
    }

    @Override
    public TopicTampering topicTampering() {
        return new KafkaTampering("127.0.0.1:" + network.port(), PARTITIONS);
    }

    @Override
    public Optional<NetworkProxy> registryNetwork() {
        return Optional.of(registryNetwork);
    }

    @Override
    public void close() {
        network.close();
        registryNetwork.close();
        servers.close();
    }
}
