package dev.carillon.bus.config;

import dev.carillon.events.internal.YamlText;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads settings as YAML, of which JSON is a part. */
final class SettingsFile {

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
            throw new SettingsException("Settings file " + file + " cannot be read as YAML or JSON: " + e.getMessage());
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
