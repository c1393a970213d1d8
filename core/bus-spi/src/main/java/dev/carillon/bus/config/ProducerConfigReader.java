package dev.carillon.bus.config;

import dev.carillon.bus.config.ProducerConfig.PublishMode;
import dev.carillon.bus.config.ProducerConfig.TopicConfig;
import dev.carillon.events.internal.Secrets;
import dev.carillon.events.internal.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code EVENT_BUS_PRODUCER_CONFIG} in both of its forms. */
final class ProducerConfigReader {

    private static final String MODES = "must be direct or outbox";

    private final SettingsReader settings;
    private final PublishMode defaultMode;

    ProducerConfigReader(SettingsReader settings) {
        this.settings = settings;
        this.defaultMode = settings.text(ProducerConfig.MODE_SETTING)
                .flatMap(text -> {
                    Optional<PublishMode> mode = PublishMode.of(text);
                    if (mode.isEmpty()) {
                        settings.problem(ProducerConfig.MODE_SETTING, MODES);
                    }
                    return mode;
                })
                .orElse(PublishMode.DIRECT);
    }

    ProducerConfig read() {
        Map<String, Map<String, TopicConfig>> topics = new LinkedHashMap<>();
        settings.map(ProducerConfig.SETTING).forEach((type, config) -> topics.put(type, eventType(type, config)));
        return new ProducerConfig(topics);
    }

    private Map<String, TopicConfig> eventType(String type, @Nullable Object config) {
        Map<String, TopicConfig> byTopic = new LinkedHashMap<>();
        if (config instanceof Map<?, ?> map) {
            map.forEach(
                    (topic, fields) -> byTopic.put(String.valueOf(topic), topic(type, String.valueOf(topic), fields)));
        } else if (config instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> fields && fields.get("topic") instanceof String topic) {
                    if (byTopic.put(topic, topic(type, topic, fields)) != null) {
                        settings.report(at(type, topic) + " is listed twice, but must be listed once");
                    }
                } else {
                    settings.report(ProducerConfig.SETTING + ": each entry of the list for " + Shown.quoted(type)
                            + " must be a map with a 'topic', but one is " + described(entry));
                }
            }
        } else {
            settings.report(ProducerConfig.SETTING + ": " + Shown.quoted(type)
                    + " must be a map of topics, or a list of maps with a 'topic', but is " + described(config));
        }
        return byTopic;
    }

    private TopicConfig topic(String type, String topic, @Nullable Object fields) {
        if (topic.isBlank()) {
            settings.report(at(type, topic) + " must have a name");
        }
        if (!(fields instanceof Map<?, ?> map)) {
            settings.report(at(type, topic) + " must be a map with 'event_key_field' and 'enabled', but is "
                    + described(fields));
            return new TopicConfig("", false);
        }
        String keyField = map.get("event_key_field") instanceof String text ? text : "";
        if (keyField.isBlank()) {
            settings.report(at(type, topic) + ": 'event_key_field' must be a dotted path such as"
                    + " 'certificate.course.course_key', but is " + described(map.get("event_key_field")));
        }
        @Nullable Boolean enabled = map.get("enabled") instanceof Boolean bool ? bool : null;
        if (enabled == null) {
            settings.report(
                    at(type, topic) + ": 'enabled' must be true or false, but is " + described(map.get("enabled")));
        }
        return new TopicConfig(keyField, Boolean.TRUE.equals(enabled), mode(at(type, topic), map.get("mode")));
    }

    private PublishMode mode(String at, @Nullable Object value) {
        if (value == null) {
            return defaultMode;
        }
        Optional<PublishMode> mode = PublishMode.of(value.toString());
        if (mode.isEmpty()) {
            settings.report(at + ": 'mode' " + MODES + ", but is " + described(value));
        }
        return mode.orElse(defaultMode);
    }

    private static String at(String type, String topic) {
        return ProducerConfig.SETTING + ", topic " + Shown.quoted(topic) + " of " + Shown.quoted(type);
    }

    private static String described(@Nullable Object value) {
        return value == null ? "missing" : Secrets.shown("", value);
    }

    /** Merges one raw producer configuration into another, as the Python {@code merge_producer_configs} does. */
    static final class ProducerConfigMerge {

        /** The fields of a topic that the overrides may set. */
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
                                map(
                                        "topic '" + topic + "' of '" + type + "'",
                                        "'event_key_field' and 'enabled'",
                                        fields)));
            });
        }

        private static Map<?, ?> map(String what, String holding, @Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return map;
            }
            throw new SettingsException("A producer configuration to merge: " + what + " must be a map of " + holding
                    + ", but is " + (value == null ? "nothing" : "'" + value + "'"));
        }
    }
}
