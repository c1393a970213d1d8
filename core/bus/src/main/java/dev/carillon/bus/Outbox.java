package dev.carillon.bus;

import dev.carillon.bus.transport.MessageKey;
import dev.carillon.events.EventMetadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Receives events instead of the broker, within the caller's transaction: they are published after it has committed, and never
 * if it is rolled back. {@code carillon-bus-jdbc} provides one.
 */
@FunctionalInterface
public interface Outbox {

    /**
     * Stores an event. Called in the thread that sends the event, in its transaction.
     *
     * @throws RuntimeException when the event cannot be stored: the caller's transaction must then not commit
     */
    void add(EncodedEvent event);

    /**
     * An event to be published later, by whichever broker its producer uses by then. {@link EventProducer#encode} returns it
     * and {@link EventProducer#send(EncodedEvent)} accepts it. It is independent of the wire format.
     *
     * @param metadata the event's metadata
     * @param topic the full topic, with its prefix
     * @param key the key; null when the event has none, which only a broker without keys accepts
     * @param data the event data as Avro
     * @param schemaText the schema of the data as it is registered
     * @param headers the headers that interceptors have added, such as {@code traceparent}: names without {@code =}, and values of
     *     printable ASCII
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; a copy per event would cost more than it protects
    record EncodedEvent(
            EventMetadata metadata,
            String topic,
            @Nullable MessageKey key,
            byte[] data,
            String schemaText,
            Map<String, String> headers) {

        /** Copies the headers. */
        public EncodedEvent {
            headers = Map.copyOf(headers);
        }

        /** An event without added headers. */
        public EncodedEvent(
                EventMetadata metadata, String topic, @Nullable MessageKey key, byte[] data, String schemaText) {
            this(metadata, topic, key, data, schemaText, Map.of());
        }

        /** Names the event and its topic; never contains its data. */
        @Override
        public String toString() {
            return metadata.eventType() + " " + metadata.id() + " to " + topic;
        }
    }
}
