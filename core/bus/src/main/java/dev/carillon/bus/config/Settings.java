package dev.carillon.bus.config;

import dev.carillon.events.internal.YamlText;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a service, under the names that the Python services use: {@code EVENT_BUS_…}, {@code SERVICE_VARIANT} and
 * so on. Immutable.
 *
 * <p>Values come as a settings file holds them (text, numbers, booleans, maps) or as environment variables do: text, with maps
 * written as JSON or YAML. They are checked when they are read: see {@link SettingsReader}.
 */
public final class Settings {

    /** The environment variable that names a settings file. */
    public static final String FILE_VARIABLE = "CARILLON_SETTINGS";

    private final Map<String, Object> values;

    private Settings(Map<String, ?> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * The settings of this process: its environment variables and, where {@code CARILLON_SETTINGS} names one, a YAML or JSON
     * file. A variable wins over the file.
     *
     * @throws SettingsException when the file cannot be read
     */
    public static Settings load() {
        return load(System.getenv());
    }

    static Settings load(Map<String, String> variables) {
        @Nullable String file = variables.get(FILE_VARIABLE);
        Settings environment = of(variables);
        return file == null || file.isBlank()
                ? environment
                : fromFile(Path.of(file)).with(environment);
    }

    /**
     * The settings of a YAML or JSON file, a map at its top.
     *
     * @throws SettingsException when it cannot be read
     */
    public static Settings fromFile(Path file) {
        return new Settings(SettingsFile.read(file));
    }

    /** Settings from a map, such as the environment or a test's own. */
    public static Settings of(Map<String, ?> values) {
        return new Settings(values);
    }

    /** These settings, with the others' where both have one. */
    public Settings with(Settings others) {
        Map<String, Object> merged = new TreeMap<>(values);
        merged.putAll(others.values);
        return new Settings(merged);
    }

    /** These settings and one more, or another value for one. */
    public Settings with(String name, Object value) {
        return with(of(Map.of(name, value)));
    }

    /** The value as it was given; empty when it is not set, or set to empty text. */
    public Optional<Object> value(String name) {
        Object value = values.get(name);
        return value == null || (value instanceof String text && text.isBlank())
                ? Optional.empty()
                : Optional.of(value);
    }

    /**
     * The name of this service, for {@code Events.create}: {@code EVENTS_SERVICE_NAME}, else {@code SERVICE_VARIANT}; empty when
     * neither is set.
     */
    public Optional<String> serviceName() {
        return value("EVENTS_SERVICE_NAME").or(() -> value("SERVICE_VARIANT")).map(Object::toString);
    }

    /** The names of what is set, in alphabetical order. */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * What is set for events and the event bus, in alphabetical order, to be shown to people: secrets and passwords are masked,
     * and of maps there are the names only.
     */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if ((name.startsWith("EVENT") || name.equals("SERVICE_VARIANT"))
                    && value(name).isPresent()) {
                shown.put(name, SettingsReader.summary(name, value));
            }
        });
        return shown;
    }

    /** The names only: values may be secret. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }

    /** Reads settings as YAML, of which JSON is a part. */
    static final class SettingsFile {

        private SettingsFile() {}

        static Map<String, Object> read(Path file) {
            @Nullable Object content;
            try {
                try (Reader text = Files.newBufferedReader(file)) {
                    content = YamlText.read(text);
                }
            } catch (NoSuchFileException e) {
                throw new SettingsException("Settings file " + file + " does not exist");
            } catch (IOException | UncheckedIOException e) {
                throw new SettingsException("Settings file " + file + " cannot be read: " + e);
            } catch (IllegalArgumentException e) {
                throw new SettingsException(
                        "Settings file " + file + " cannot be read as YAML or JSON: " + e.getMessage());
            }
            if (content == null) {
                return Map.of();
            }
            if (content instanceof Map<?, ?> map) {
                Map<String, Object> settings = new LinkedHashMap<>();
                map.forEach((name, value) -> {
                    if (value != null) {
                        settings.put(String.valueOf(name), value);
                    }
                });
                return settings;
            }
            throw new SettingsException(
                    "Settings file " + file + " must hold names with values, such as SERVICE_VARIANT: lms");
        }

        /** @throws IllegalArgumentException saying where the text is wrong, without showing it: it may hold secrets */
        static Object parse(String text) {
            Object content = YamlText.read(text);
            return content == null ? Map.of() : content;
        }
    }
}
