package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Kafka with a schema registry of Confluent's API, compatible on the wire with {@code edx-event-bus-kafka}. Settings:
 *
 * <ul>
 *   <li>{@code EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS}, required: {@code host[:port],…}; the default port is 9092.
 *   <li>{@code EVENT_BUS_KAFKA_API_KEY} and {@code EVENT_BUS_KAFKA_API_SECRET}: credentials for SASL PLAIN over TLS.
 *   <li>{@code EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL}, required: {@code http[s]://host[:port][/path],…}
 *   <li>{@code EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY} and {@code …_API_SECRET}: credentials for basic authentication.
 *   <li>{@code EVENT_BUS_KAFKA_CLIENT_CONFIG}: a map of other properties of Kafka's clients, such as {@code
 *       ssl.truststore.location}, {@code compression.type} or {@code session.timeout.ms}; with the prefix {@code
 *       schema.registry.}, the {@code ssl.*} properties of the connection to the registry.
 *   <li>{@code EVENT_BUS_KAFKA_POLL_INTERVAL_SEC}: accepted and ignored; this producer needs no polling.
 * </ul>
 *
 * <p>The service name is the {@code client.id}. Consumers have one option ({@code extra}):
 *
 * <ul>
 *   <li>{@code offset_time}: an ISO time, in UTC if it has no offset. The consumer moves its group, in all partitions of its
 *       topics, to the first message of that time or later, and stops. The group must have no members.
 * </ul>
 *
 * <p>A position is {@code <partition>:<offset>}. A new group starts at its configured position in every partition, and
 * commits the time of its start with its offsets: a partition that is added later is read from that time on, so that adding
 * partitions loses nothing.
 *
 * <p>Delivery is at least once; events of one key keep their order. The producer is idempotent, waits for all in-sync replicas,
 * and assigns keys to the same partitions as the Python producer.
 */
public final class KafkaTransportProvider implements TransportProvider {

    /** For {@link java.util.ServiceLoader}. */
    public KafkaTransportProvider() {}

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public List<String> aliases() {
        return List.of("edx_event_bus_kafka.create_producer", "edx_event_bus_kafka.KafkaEventConsumer");
    }

    @Override
    public String settingsPrefix() {
        return "EVENT_BUS_KAFKA_";
    }

    @Override
    public boolean isConfigured(Settings settings) {
        return settings.value(KafkaSettings.BOOTSTRAP_SERVERS).isPresent();
    }

    @Override
    public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
        KafkaSettings read = KafkaSettings.read(settings, service);
        return () -> KafkaTransport.open(read);
    }
}
