package dev.carillon.bus.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts one raw producer configuration upon another, as the Python {@code merge_producer_configs} does. */
final class ProducerConfigMerge {

    /** The fields of a topic that the overrides decide on. */
    private static final List<String> FIELDS = List.of("enabled", "event_key_field");

    private final Map<String, Map<String, Map<String, Object>>> merged = new LinkedHashMap<>();

    ProducerConfigMerge(Map<String, ?> original) {
        forEachTopic(original, (type, topic, fields) -> {
            Map<String, Object> target = topic(type, topic);
            fields.forEach((name, value) -> target.put(String.valueOf(name), value));
        });
    }

    Map<String, Map<String, Map<String, Object>>> with(Map<String, ?> overrides) {
        forEachTopic(overrides, (type, topic, fields) -> {
            Map<String, Object> target = topic(type, topic);
            for (String field : FIELDS) {
                @Nullable Object value = fields.get(field);
                if (value != null) {
                    target.put(field, value);
                }
            }
        });
        return merged;
    }

    private Map<String, Object> topic(String type, String topic) {
        return merged.computeIfAbsent(type, absent -> new LinkedHashMap<>())
                .computeIfAbsent(topic, absent -> new LinkedHashMap<>());
    }

    private interface TopicVisitor {
        void visit(String type, String topic, Map<?, ?> fields);
    }

    private void forEachTopic(Map<String, ?> config, TopicVisitor visitor) {
        config.forEach((type, topics) -> {
            merged.computeIfAbsent(type, absent -> new LinkedHashMap<>());
            map("'" + type + "'", "topics", topics)
                    .forEach((topic, fields) -> visitor.visit(
                            type,
                            String.valueOf(topic),
                            map("topic '" + topic + "' of '" + type + "'", "'event_key_field' and 'enabled'", fields)));
        });
    }

    private static Map<?, ?> map(String what, String holding, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new SettingsException("A producer configuration to merge: " + what + " must hold a map of " + holding
                + ", but holds " + (value == null ? "nothing" : "'" + value + "'"));
    }
}
