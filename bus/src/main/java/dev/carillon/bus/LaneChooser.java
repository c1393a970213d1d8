package dev.carillon.bus;

import dev.carillon.events.Signal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the lane of an event: by the message's key where the wire carries one, else by the key field of the event, else by its
 * topic, which keeps the order of all events of the topic without a key. Used by the polling thread alone.
 */
final class LaneChooser {

    private final int lanes;
    private final ProducerConfig config;
    private final Map<String, String> keyFields;
    private final TopicNames topicNames;
    private final Map<PathId, Optional<KeyPath>> paths = new HashMap<>();

    private record PathId(Signal<?> signal, String fullTopic) {}

    LaneChooser(int lanes, ProducerConfig config, Map<String, String> keyFields, TopicNames topicNames) {
        this.lanes = lanes;
        this.config = config;
        this.keyFields = keyFields;
        this.topicNames = topicNames;
    }

    /** A number from 0 to below the number of lanes. Decodes the data when the key is one of their fields. */
    int choose(Delivery<?> delivery) {
        return lanes == 1 ? 0 : Math.floorMod(spread(hash(delivery)), lanes);
    }

    private int hash(Delivery<?> delivery) {
        byte @Nullable [] key = delivery.message().key();
        if (key != null) {
            return Arrays.hashCode(key);
        }
        String topic = delivery.message().topic();
        Optional<KeyPath> path = paths.computeIfAbsent(new PathId(delivery.signal(), topic), this::path);
        if (path.isPresent()) {
            Object value = path.get().read(delivery.data());
            if (value != null) {
                return value.hashCode();
            }
        }
        return topic.hashCode() + delivery.message().partition();
    }

    private Optional<KeyPath> path(PathId id) {
        String eventType = id.signal().eventType();
        return Optional.ofNullable(keyFields.get(eventType))
                .or(() -> config.keyField(eventType, topicNames.base(id.fullTopic())))
                .map(field -> KeyPath.of(id.signal(), field));
    }

    /** Hash codes of similar texts differ in their low bits only, which would crowd few lanes. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
