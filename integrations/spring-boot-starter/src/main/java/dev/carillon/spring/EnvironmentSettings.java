package dev.carillon.spring;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The settings of the event bus in an application: {@code carillon.*}, then those of the file that {@code CARILLON_SETTINGS} names, then
 * {@code EVENT_BUS_*} and the service's name, wherever Spring finds them. The later ones take precedence.
 */
final class EnvironmentSettings {

    private static final String PREFIX = "EVENT_BUS_";
    private static final List<String> NAMES = List.of("EVENTS_SERVICE_NAME", "SERVICE_VARIANT");

    private final ConfigurableEnvironment environment;
    private final CarillonProperties properties;
    private final boolean hasOutbox;

    private EnvironmentSettings(ConfigurableEnvironment environment, CarillonProperties properties, boolean hasOutbox) {
        this.environment = environment;
        this.properties = properties;
        this.hasOutbox = hasOutbox;
    }

    /**
     * Reads them. With an outbox, events go through it unless a setting says otherwise.
     *
     * @throws SettingsException with all problems of the properties
     */
    static Settings read(ConfigurableEnvironment environment, CarillonProperties properties, boolean hasOutbox) {
        EnvironmentSettings reader = new EnvironmentSettings(environment, properties, hasOutbox);
        Settings settings = Settings.of(reader.ofProperties());
        @Nullable String file = environment.getProperty(Settings.FILE_VARIABLE);
        if (file != null && !file.isBlank()) {
            settings = settings.with(Settings.fromFile(Path.of(file)));
        }
        return settings.with(Settings.of(reader.ofEnvironment()));
    }

    private Map<String, Object> ofProperties() {
        Map<String, Object> values = new LinkedHashMap<>();
        put(
                values,
                "EVENTS_SERVICE_NAME",
                properties.serviceName(),
                environment.getProperty("spring.application.name"));
        put(values, "EVENT_BUS_PRODUCER", properties.broker(), null);
        put(values, "EVENT_BUS_CONSUMER", properties.broker(), null);
        put(values, "EVENT_BUS_TOPIC_PREFIX", properties.topicPrefix(), null);
        put(values, "EVENT_BUS_REDIS_CONNECTION_URL", properties.redis().connectionUrl(), null);
        put(values, "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", properties.kafka().bootstrapServers(), null);
        put(values, "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", properties.kafka().schemaRegistryUrl(), null);
        if (hasOutbox) {
            values.put(ProducerConfig.MODE_SETTING, "outbox");
        }
        if (!properties.publish().isEmpty()) {
            values.put(ProducerConfig.SETTING, producerConfig());
        }
        return values;
    }

    private static void put(
            Map<String, Object> values, String name, @Nullable String value, @Nullable String otherwise) {
        String chosen = value == null ? otherwise : value;
        if (chosen != null) {
            values.put(name, chosen);
        }
    }

    private Map<String, Object> producerConfig() {
        Map<String, Map<String, Object>> config = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < properties.publish().size(); i++) {
            CarillonProperties.Publish each = properties.publish().get(i);
            String event = required(i, "event", each.event(), "the event type", problems);
            String topic = required(i, "topic", each.topic(), "the topic, without prefix", problems);
            String key = required(i, "key", each.key(), "the path of the event's key, such as loan.isbn", problems);
            Map<String, Object> topics = config.computeIfAbsent(event, type -> new LinkedHashMap<>());
            if (topics.put(topic, Map.of("event_key_field", key, "enabled", each.enabled())) != null) {
                problems.add("carillon.publish lists " + event + " twice for the topic " + topic);
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return Map.copyOf(config);
    }

    private static String required(
            int index, String name, @Nullable String value, String meaning, List<String> problems) {
        if (value == null || value.isBlank()) {
            problems.add("carillon.publish[" + index + "]." + name + " is missing: " + meaning);
            return "";
        }
        return value;
    }

    private Map<String, Object> ofEnvironment() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : names()) {
            int dot = name.indexOf('.');
            Object value = environment.getProperty(name);
            if (value == null) {
                continue;
            }
            if (dot < 0) {
                values.put(name, value);
            } else {
                // a map in a YAML file: Spring joins the names of its levels by dots
                nested(values, name.substring(0, dot)).put(name.substring(dot + 1), value);
            }
        }
        return values;
    }

    @SuppressWarnings("unchecked") // only this class puts maps
    private static Map<String, Object> nested(Map<String, Object> values, String setting) {
        if (setting.equals(ProducerConfig.SETTING)) {
            throw new SettingsException(
                    ProducerConfig.SETTING + " is a map in the application's properties, where Spring"
                            + " cannot distinguish the dots of event types from those between names: use the list carillon.publish, or"
                            + " write the map as text, after `" + ProducerConfig.SETTING + ": |`");
        }
        return (Map<String, Object>) values.computeIfAbsent(setting, name -> new LinkedHashMap<String, Object>());
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    if (name.startsWith(PREFIX) || NAMES.contains(name)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }
}
