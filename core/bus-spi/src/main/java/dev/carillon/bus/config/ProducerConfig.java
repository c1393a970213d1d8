package dev.carillon.bus.config;

import dev.carillon.bus.config.ProducerConfigReader.ProducerConfigMerge;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which events are published to which topics: the setting {@code EVENT_BUS_PRODUCER_CONFIG}. Immutable.
 *
 * @param topics event type → topic (without prefix) → how it is published there
 */
public record ProducerConfig(Map<String, Map<String, TopicConfig>> topics) {

    /** The name of the setting. */
    public static final String SETTING = "EVENT_BUS_PRODUCER_CONFIG";

    /** The name of the setting for the mode of topics that define none. */
    public static final String MODE_SETTING = "EVENT_BUS_PRODUCER_MODE";

    /** Nothing is published. */
    public static final ProducerConfig EMPTY = new ProducerConfig(Map.of());

    /**
     * How one event type is published to one topic.
     *
     * @param keyField the dotted path of the event's key, {@code certificate.course.course_key}
     * @param enabled whether it is published
     * @param mode how it reaches the broker
     */
    public record TopicConfig(String keyField, boolean enabled, PublishMode mode) {

        /** Published without an outbox. */
        public TopicConfig(String keyField, boolean enabled) {
            this(keyField, enabled, PublishMode.DIRECT);
        }
    }

    /** Copies the maps, preserving their order. */
    public ProducerConfig {
        Map<String, Map<String, TopicConfig>> copy = new LinkedHashMap<>();
        topics.forEach((type, byTopic) -> copy.put(type, Collections.unmodifiableMap(new LinkedHashMap<>(byTopic))));
        topics = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads the setting in either of its forms: event type → topic → {event_key_field, enabled}, or event type → list of
     * {topic, event_key_field, enabled}; each may also contain a {@code mode}. Problems are reported to the reader.
     */
    public static ProducerConfig read(SettingsReader settings) {
        return new ProducerConfigReader(settings).read();
    }

    /** The topics of one event type, enabled or not. */
    public Map<String, TopicConfig> of(String eventType) {
        return topics.getOrDefault(eventType, Map.of());
    }

    /** The key field of an event type in a topic, enabled or not; empty when the configuration does not name the two. */
    public Optional<String> keyField(String eventType, String topic) {
        return Optional.ofNullable(of(eventType).get(topic)).map(TopicConfig::keyField);
    }

    /**
     * Merges one raw configuration into another, as the Python {@code merge_producer_configs} does: the result has every event
     * type and topic of both. If both contain the same pair, {@code enabled} and {@code event_key_field} of the overrides win
     * if they are present and not null. Nothing else is taken from the overrides.
     *
     * @param original in the form event type → topic → {event_key_field, enabled}; not modified
     * @param overrides in the same form; each field may be missing
     * @throws SettingsException when one is not in this form
     */
    public static Map<String, Map<String, Map<String, Object>>> merge(
            Map<String, ?> original, Map<String, ?> overrides) {
        return new ProducerConfigMerge(original).with(overrides);
    }

    /** How an event that is sent in this service reaches the broker. */
    public enum PublishMode {
        /** At once: to publish only what was committed, the caller must send after its transaction has committed. */
        DIRECT("direct"),
        /** Through an {@code Outbox}, in the caller's transaction. */
        OUTBOX("outbox");

        private final String setting;

        PublishMode(String setting) {
            this.setting = setting;
        }

        /** The name in settings. */
        public String setting() {
            return setting;
        }

        /** Returns the mode with this name in settings; empty when there is none. */
        public static Optional<PublishMode> of(String setting) {
            return Arrays.stream(values())
                    .filter(mode -> mode.setting.equals(setting))
                    .findFirst();
        }
    }
}
