package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.internal.KeyPath;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.Signal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Finds the key of an event: the key of the message if the wire format carries one, otherwise the key field of the event data,
 * otherwise none. Thread-safe.
 */
public final class EventKeys {

    private static final Logger LOG = Loggers.CONSUMER;

    private final ProducerConfig config;
    private final Map<String, String> keyFields;
    private final TopicNames topicNames;
    private final OwnTopics ownTopics;
    private final Map<PathId, Optional<KeyPath>> paths = new ConcurrentHashMap<>();

    private record PathId(Signal<?> signal, String fullTopic) {}

    public EventKeys(ProducerConfig config, Map<String, String> keyFields, TopicNames topicNames, OwnTopics ownTopics) {
        this.config = config;
        this.keyFields = keyFields;
        this.topicNames = topicNames;
        this.ownTopics = ownTopics;
    }

    public OwnTopics ownTopics() {
        return ownTopics;
    }

    /**
     * Returns the key; null when there is none. Decodes the event data when the key is one of its fields. Data that cannot be
     * decoded has no key.
     *
     * @param delivery the resolved event; null when the message is not an event, or is not resolved
     */
    @Nullable
    Object of(IncomingMessage message, @Nullable Delivery<?> delivery) {
        byte @Nullable [] key = message.key();
        if (key != null) {
            return new WireKey(key, message.dataStart());
        }
        return delivery == null ? null : valueAtKeyField(delivery);
    }

    /** Like {@link #of(IncomingMessage, Delivery)}. */
    @Nullable
    Object of(InFlightMessage message) {
        return of(message.message(), message.delivery());
    }

    private @Nullable Object valueAtKeyField(Delivery<?> delivery) {
        PathId id = new PathId(
                delivery.signal(), ownTopics.origin(delivery.message().topic()));
        Optional<KeyPath> path = paths.computeIfAbsent(id, this::path);
        try {
            return path.isPresent() ? path.get().read(delivery.data()) : null;
        } catch (RuntimeException | Error e) { // the delivery decodes the data again, and then dead-letters the event
            return null;
        }
    }

    /** Whether a key field is known for events of this signal on this topic. */
    boolean hasField(Signal<?> signal, String fullTopic) {
        return paths.computeIfAbsent(new PathId(signal, ownTopics.origin(fullTopic)), this::path)
                .isPresent();
    }

    /** The event types that the settings publish to this topic. */
    List<String> typesPublishedTo(String fullTopic) {
        String topic = topicNames.base(fullTopic);
        return config.topics().entrySet().stream()
                .filter(each -> each.getValue().containsKey(topic))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<KeyPath> path(PathId id) {
        String eventType = id.signal().eventType();
        Optional<String> field = Optional.ofNullable(keyFields.get(eventType))
                .or(() -> config.keyField(eventType, topicNames.base(id.fullTopic())));
        try {
            return field.map(each -> KeyPath.of(id.signal(), each));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "Events of type {} are delivered in the order of their topic, not of their keys: {}",
                    eventType,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** A key as it is on the wire, without the bytes that the wire format puts before it. */
    static final class WireKey {

        /** The character with which the JDK replaces bytes that are not UTF-8. */
        private static final char REPLACED = '\uFFFD';

        private final byte[] bytes;
        private final int start;
        private final int hash;

        WireKey(byte[] bytes, int start) {
            this.bytes = bytes;
            this.start = Math.min(start, bytes.length);
            int sum = 1;
            for (int i = this.start; i < bytes.length; i++) {
                sum = 31 * sum + bytes[i];
            }
            this.hash = sum;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WireKey key
                    && hash == key.hash
                    && Arrays.equals(bytes, start, bytes.length, key.bytes, key.start, key.bytes.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        /** Returns the key as text if it is text, either plain or encoded as an Avro string; otherwise as hexadecimal digits. */
        @Override
        public String toString() {
            if (start < bytes.length && (bytes[start] & 1) == 0) {
                @Nullable String avro = avroText();
                if (avro != null) {
                    return avro;
                }
            }
            @Nullable String text = text(start);
            return text == null ? HexFormat.of().formatHex(bytes, start, bytes.length) : text;
        }

        private @Nullable String avroText() {
            long length = 0;
            int at = start;
            int shift = 0;
            do {
                if (at == bytes.length || shift > 28) {
                    return null;
                }
                length |= (long) (bytes[at] & 0x7f) << shift;
                shift += 7;
            } while (bytes[at++] < 0);
            return length >>> 1 == bytes.length - at ? text(at) : null;
        }

        private @Nullable String text(int from) {
            String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
            return text.chars().allMatch(each -> each >= ' ' && each != REPLACED) ? text : null;
        }
    }
}
