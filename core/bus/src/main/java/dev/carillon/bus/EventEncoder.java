package dev.carillon.bus;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.avro.SchemaHistory;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.internal.KeyPath;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.Shown;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of events: their topic, key, headers and data. Throws an {@link IllegalArgumentException} for an event that cannot
 * be published. Thread-safe.
 */
final class EventEncoder {

    private final HeaderNames headerNames;
    private final boolean carriesKeys;
    private final EventCodecs codecs;
    private final Fingerprints fingerprints;
    private final TopicNames topicNames;
    private final Map<KeyId, KeyPath> keyPaths = new ConcurrentHashMap<>();

    private record KeyId(Signal<?> signal, String path) {}

    EventEncoder(Transport transport, EventCodecs codecs, TopicNames topicNames) {
        this.headerNames = transport.headerNames();
        this.carriesKeys = transport.carriesKeys();
        this.codecs = codecs;
        this.fingerprints = new Fingerprints(codecs.history());
        this.topicNames = topicNames;
    }

    boolean carriesKeys() {
        return carriesKeys;
    }

    String fullTopic(String topic) {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("topic must not be blank, but is '" + Shown.text(topic) + "'");
        }
        return topicNames.full(topic);
    }

    /**
     * The message of an event that is sent at once.
     *
     * @param keyField null: the event is sent without a key, and its key field is not checked
     */
    <T> OutgoingMessage message(
            Signal<T> signal, String fullTopic, @Nullable String keyField, T data, EventMetadata metadata) {
        requireMayLeave(signal);
        KeyPath path = keyField == null ? null : path(signal, keyField);
        MessageKey key = path == null || !carriesKeys ? null : key(path, data);
        EventCodec<T> codec = codecs.of(signal);
        return message(fullTopic, metadata, key, codec.encode(data), codec.schemaText());
    }

    /**
     * The message of an event that was encoded before, for any broker.
     *
     * @throws UnpublishableException when this broker requires a key and the event has none
     */
    OutgoingMessage message(EncodedEvent event) {
        if (carriesKeys && event.key() == null) {
            throw new UnpublishableException(
                    "the event has no key, which this broker requires: when it was encoded for a broker without keys,"
                            + " its key field was null or missing",
                    null);
        }
        return message(
                event.topic(), event.metadata(), carriesKeys ? event.key() : null, event.data(), event.schemaText());
    }

    private OutgoingMessage message(
            String fullTopic, EventMetadata metadata, @Nullable MessageKey key, byte[] data, String schemaText) {
        String type = metadata.eventType();
        return new OutgoingMessage(
                fullTopic, type, headerNames.write(metadata), key, data, schemaText, fingerprints.of(type, schemaText));
    }

    /** An event for an outbox, as {@link EventProducer#encode} documents. */
    <T> EncodedEvent encode(
            Signal<T> signal,
            String fullTopic,
            String keyField,
            T data,
            EventMetadata metadata,
            Map<String, String> headers) {
        requireMayLeave(signal);
        MessageKey key = carriesKeys ? key(path(signal, keyField), data) : keyIfAny(signal, keyField, data);
        EventCodec<T> codec = codecs.of(signal);
        return new EncodedEvent(metadata, fullTopic, key, codec.encode(data), codec.schemaText(), headers);
    }

    private static void requireMayLeave(Signal<?> signal) {
        signal.inProcessReason().ifPresent(reason -> {
            throw new IllegalArgumentException("this event must stay in process: " + reason);
        });
    }

    private KeyPath path(Signal<?> signal, String keyField) {
        return keyPaths.computeIfAbsent(new KeyId(signal, keyField), id -> KeyPath.of(id.signal(), id.path()));
    }

    private static MessageKey key(KeyPath path, Object data) {
        @Nullable Object value = path.read(data);
        if (value == null) {
            throw new IllegalArgumentException("the key field '" + path + "' is null, but an event needs its key");
        }
        return new MessageKey(path.field(), value);
    }

    private @Nullable MessageKey keyIfAny(Signal<?> signal, String keyField, Object data) {
        try {
            return key(path(signal, keyField), data);
        } catch (IllegalArgumentException e) {
            return null; // as for an event that is sent directly
        }
    }

    /** The fingerprints of the schemas that this producer writes. */
    private static final class Fingerprints {

        /** An outbox may contain events of many old schemas; further ones are computed on each use. */
        private static final int MAX_CACHED = 1000;

        private final SchemaHistory history;
        private final Map<String, Optional<String>> bySchemaText = new ConcurrentHashMap<>();

        Fingerprints(SchemaHistory history) {
            this.history = history;
        }

        /**
         * The fingerprint of a schema; null for an event type of the event library.
         *
         * @param schemaText the schema, which contains the event type
         */
        @Nullable
        String of(String eventType, String schemaText) {
            Optional<String> known = bySchemaText.get(schemaText);
            if (known == null) {
                known = history.eventTypes().contains(eventType)
                        ? Optional.empty()
                        : Optional.of(SchemaFingerprint.of(schemaText));
                if (bySchemaText.size() < MAX_CACHED) {
                    bySchemaText.put(schemaText, known);
                }
            }
            return known.orElse(null);
        }
    }
}
