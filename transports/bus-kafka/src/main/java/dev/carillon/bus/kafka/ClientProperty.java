package dev.carillon.bus.kafka;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Reads properties of Kafka's clients as the clients do, with their defaults. Kafka's own config classes would log all properties, a
 * hundred lines each time.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the definitions
enum ClientProperty {
    PRODUCER(ProducerConfig.configDef()),
    CONSUMER(ConsumerConfig.configDef()),
    ADMIN(AdminClientConfig.configDef());

    private final ConfigDef definition;

    ClientProperty(ConfigDef definition) {
        this.definition = definition;
    }

    /** All properties, parsed. Throws a {@code ConfigException} for an invalid one. */
    Map<String, Object> all(Map<String, Object> properties) {
        return definition.parse(properties);
    }

    /** A number. Throws a {@code ConfigException} for an invalid property. */
    long number(Map<String, Object> properties, String name) {
        return all(properties).get(name) instanceof Number number ? number.longValue() : 0;
    }
}
