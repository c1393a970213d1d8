package dev.carillon.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads settings as YAML, of which JSON is a part. */
final class SettingsFile {

    private SettingsFile() {}

    static Map<String, Object> read(Path file) {
        Object content;
        try {
            content = parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new SettingsException("Settings file " + file + " does not exist");
        } catch (IOException e) {
            throw new SettingsException("Settings file " + file + " cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("Settings file " + file + " is neither YAML nor JSON: " + e.getMessage());
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
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setSchema(new PastedPython())
                .build();
        try {
            Object content = new Load(settings).loadFromString(text);
            return content == null ? Map.of() : content;
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new IllegalArgumentException(e.getProblem() + place, e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("not readable", e);
        }
    }
}
