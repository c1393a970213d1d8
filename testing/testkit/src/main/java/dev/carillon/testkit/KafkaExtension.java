package dev.carillon.testkit;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.util.Map;

/** Used through {@link WithKafka}. */
final class KafkaExtension extends ServersExtension<KafkaAndRegistry, Settings> {

    KafkaExtension() {
        super(
                KafkaAndRegistry.class,
                KafkaAndRegistry::start,
                Map.of(
                        EmbeddedKafka.class,
                        KafkaAndRegistry::kafka,
                        EmbeddedRegistry.class,
                        KafkaAndRegistry::registry),
                Settings.class,
                servers -> withOwnTopics(Map.of(
                        "EVENT_BUS_PRODUCER",
                        "kafka",
                        "EVENT_BUS_CONSUMER",
                        "kafka",
                        "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                        servers.kafka().bootstrapServers(),
                        "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                        servers.registry().url())));
    }
}
