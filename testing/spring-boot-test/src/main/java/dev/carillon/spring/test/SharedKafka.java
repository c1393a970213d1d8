package dev.carillon.spring.test;

import dev.carillon.embedded.kafka.KafkaAndRegistry;
import java.util.Map;

/** The Kafka of all tests of the JVM: it takes seconds to start. Ends with the JVM. */
final class SharedKafka {

    private static final KafkaAndRegistry SERVERS = KafkaAndRegistry.start();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVERS::close, "carillon-embedded-kafka"));
    }

    private SharedKafka() {}

    static Map<String, String> settings() {
        return Map.of(
                "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", SERVERS.kafka().bootstrapServers(),
                "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", SERVERS.registry().url());
    }
}
