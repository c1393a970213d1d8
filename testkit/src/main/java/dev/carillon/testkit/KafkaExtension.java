package dev.carillon.testkit;

import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import java.util.Map;

/** Used through {@link WithKafka}. */
final class KafkaExtension extends ServersExtension<KafkaServers> {

    KafkaExtension() {
        super(
                KafkaServers.class,
                KafkaServers::start,
                Map.of(EmbeddedKafka.class, KafkaServers::kafka, EmbeddedRegistry.class, KafkaServers::registry),
                servers -> Map.of(
                        "EVENT_BUS_PRODUCER",
                        "kafka",
                        "EVENT_BUS_CONSUMER",
                        "kafka",
                        "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                        servers.kafka().bootstrapServers(),
                        "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                        servers.registry().url()));
    }
}
