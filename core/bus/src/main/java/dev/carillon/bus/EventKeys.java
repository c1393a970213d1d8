package dev.carillon.bus;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.Signal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the key of an event: the message's key where the wire carries one, else the key field of the event, else none.
 * Thread-safe.
 */
final class EventKeys {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    private final ProducerConfig config;
    private final Map<String, String> keyFields;
    private final TopicNames topicNames;
    private final OwnTopics ownTopics;
    private final Map<PathId, Optional<KeyPath>> paths = new ConcurrentHashMap<>();

    private record PathId(Signal<?> signal, String fullTopic) {}

    EventKeys(ProducerConfig config, Map<String, String> keyFields, TopicNames topicNames, OwnTopics ownTopics) {
        this.config = config;
        this.keyFields = keyFields;
        this.topicNames = topicNames;
        this.ownTopics = ownTopics;
    }

    OwnTopics ownTopics() {
        return ownTopics;
    }

    /**
     * The key; null when there is none. Decodes the data when the key is one of their fields; where they cannot be decoded, there
     * is none.
     *
     * @param delivery the message as an event; null where it is none, or is not resolved
     */
    @Nullable
    Object of(IncomingMessage message, @Nullable Delivery<?> delivery) {
        byte @Nullable [] key = message.key();
        if (key != null) {
            return new WireKey(key, message.dataStart());
        }
        return delivery == null ? null : valueAtKeyField(delivery);
    }

    /** As {@link #of(IncomingMessage, Delivery)}. */
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
        } catch (RuntimeException | Error e) { // decoded again when it is delivered, where it becomes a dead letter
            return null;
        }
    }

    /** Whether the key of events of this signal stands at a field that is known. */
    boolean hasField(Signal<?> signal, String fullTopic) {
        return paths.computeIfAbsent(new PathId(signal, ownTopics.origin(fullTopic)), this::path)
                .isPresent();
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
}
