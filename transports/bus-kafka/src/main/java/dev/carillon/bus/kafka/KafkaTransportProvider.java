package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Kafka with a schema registry of Confluent's API, compatible on the wire with {@code edx-event-bus-kafka}. Its settings:
 *
 * <ul>
 *   <li>{@code EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS}, needed: {@code host[:port],…}; the port is 9092 where none is given.
 *   <li>{@code EVENT_BUS_KAFKA_API_KEY} and {@code EVENT_BUS_KAFKA_API_SECRET}: log in with them, by SASL PLAIN over TLS.
 *   <li>{@code EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL}, needed: {@code http[s]://host[:port][/path],…}
 *   <li>{@code EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY} and {@code …_API_SECRET}: basic authentication there.
 *   <li>{@code EVENT_BUS_KAFKA_CLIENT_CONFIG}: a map of any other properties of Kafka's clients, such as {@code
 *       ssl.truststore.location}, {@code compression.type} or {@code session.timeout.ms}; with the prefix {@code
 *       schema.registry.}, the {@code ssl.*} properties of the connection to the registry.
 *   <li>{@code EVENT_BUS_KAFKA_POLL_INTERVAL_SEC}: understood, and without effect: this producer needs no polling.
 * </ul>
 *
 * <p>The name of the service is the {@code client.id}. An option of a consumer ({@code extra}):
 *
 * <ul>
 *   <li>{@code offset_time}: an ISO time (UTC where it has no offset). The consumer moves its group, in all partitions of its
 *       topics, to the first message of that time or later, and ends. The group must have no members then.
 * </ul>
 *
 * <p>A position is {@code <partition>:<offset>}. A group that does not exist yet starts where it is told in every partition,
 * and remembers since when it exists: a partition that is added later is read from that time on, so that growing a topic
 * loses nothing.
 *
 * <p>Delivery is at least once; events of one key keep their order. The producer is idempotent, waits for all replicas, and
 * puts keys into the partitions where the Python producer puts them.
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
