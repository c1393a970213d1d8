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
 * The settings of a service, under the names that the Python services use, such as {@code EVENT_BUS_…} and
 * {@code SERVICE_VARIANT}. Immutable.
 *
 * <p>Values have the types of a settings file (text, numbers, booleans, maps), or are text from environment variables, with
 * maps written as JSON or YAML. They are validated when they are read: see {@link SettingsReader}.
 */
public final class Settings {

    /** The environment variable that names a settings file. */
    public static final String FILE_VARIABLE = "CARILLON_SETTINGS";

    private final Map<String, Object> values;

    private Settings(Map<String, ?> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * The settings of this process: its environment variables and, if {@code CARILLON_SETTINGS} names one, a YAML or JSON file.
     * A variable takes precedence over the file.
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
     * The settings of a YAML or JSON file with a map at the top level.
     *
     * @throws SettingsException when it cannot be read
     */
    public static Settings fromFile(Path file) {
        return new Settings(SettingsFile.read(file));
    }

    /** Settings from a map, such as the environment or the settings of a test. */
    public static Settings of(Map<String, ?> values) {
        return new Settings(values);
    }

    /** Merges other settings into these; when both define a setting, the other value wins. */
    public Settings with(Settings others) {
        Map<String, Object> merged = new TreeMap<>(values);
        merged.putAll(others.values);
        return new Settings(merged);
    }

    /** These settings with one setting added or replaced. */
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

    /** The names of all settings, in alphabetical order. */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * The settings for events and the event bus, in alphabetical order, for display: secrets and passwords are masked, and maps
     * are reduced to their names.
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

    /** The names only, because values may be secret. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }

    /** Reads settings as YAML, which includes JSON. */
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
                    "Settings file " + file + " must contain names with values, such as SERVICE_VARIANT: lms");
        }

        /** @throws IllegalArgumentException saying where the text is wrong, without showing it: it may hold secrets */
        static Object parse(String text) {
            Object content = YamlText.read(text);
            return content == null ? Map.of() : content;
        }
    }
}
