package dev.carillon.bus;

import dev.carillon.events.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the lane of an event: by the message's key where the wire carries one, else by the key field of the event, else by its
 * topic, which keeps the order of all events of the topic without a key. Used by the polling thread alone.
 */
final class LaneChooser {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

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

    /**
     * A number from 0 to below the number of lanes. Decodes the data when the key is one of their fields; where they cannot be
     * decoded, the lane will find that out as well.
     */
    int choose(Task task) {
        return lanes == 1 ? 0 : Math.floorMod(spread(hash(task)), lanes);
    }

    private int hash(Task task) {
        byte @Nullable [] key = task.message().key();
        if (key != null) {
            return hash(key, task.message().dataStart());
        }
        @Nullable Object value = task instanceof Delivery<?> delivery ? valueAtKeyField(delivery) : null;
        return value != null
                ? value.hashCode()
                : task.message().topic().hashCode() + task.message().partition();
    }

    private static int hash(byte[] key, int start) {
        int hash = 1;
        for (int i = start; i < key.length; i++) {
            hash = 31 * hash + key[i];
        }
        return hash;
    }

    private @Nullable Object valueAtKeyField(Delivery<?> delivery) {
        PathId id = new PathId(delivery.signal(), delivery.message().topic());
        Optional<KeyPath> path = paths.computeIfAbsent(id, this::path);
        try {
            return path.isPresent() ? path.get().read(delivery.data()) : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private Optional<KeyPath> path(PathId id) {
        String eventType = id.signal().eventType();
        Optional<String> field = Optional.ofNullable(keyFields.get(eventType))
                .or(() -> config.keyField(eventType, topicNames.base(id.fullTopic())));
        try {
            return field.map(each -> KeyPath.of(id.signal(), each));
        } catch (IllegalArgumentException e) {
            LOG.error("{} keeps the order of its topic, not that of its keys: {}", eventType, e.getMessage());
            return Optional.empty();
        }
    }

    /** Hash codes of similar texts differ in their low bits only, which would crowd few lanes. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
