package dev.carillon.bus;

import dev.carillon.bus.transport.MessageKey;
import dev.carillon.events.EventMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Takes events instead of the broker, within the caller's transaction: they are published when it has committed, and never when
 * it is rolled back. {@code carillon-bus-jdbc} has one.
 */
@FunctionalInterface
public interface Outbox {

    /**
     * Keeps an event. Called in the thread that sends the event, in its transaction.
     *
     * @throws RuntimeException when it cannot be kept: the caller's transaction must then not commit
     */
    void add(EncodedEvent event);

    /**
     * An event to be published later, by whatever broker its producer has then: what {@link EventProducer#encode} answers and
     * {@link EventProducer#send(EncodedEvent)} takes. It holds nothing of a wire.
     *
     * @param metadata the event's metadata
     * @param topic the full topic, with its prefix
     * @param key the key; null when the event has none, which only a broker without keys takes
     * @param data the event data as Avro
     * @param schemaText the schema of the data as it is registered
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy per event would cost more than it protects
    record EncodedEvent(
            EventMetadata metadata, String topic, @Nullable MessageKey key, byte[] data, String schemaText) {

        /** Which event it is, and where to; never its data. */
        @Override
        public String toString() {
            return metadata.eventType() + " " + metadata.id() + " to " + topic;
        }
    }
}
