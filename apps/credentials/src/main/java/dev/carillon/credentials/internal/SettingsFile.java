package dev.carillon.credentials.internal;

import dev.carillon.bus.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Makes the file that {@code CARILLON_SETTINGS} names a source of this service's settings, below variables of the environment. The
 * starter reads those of the event bus from it.
 */
final class SettingsFile implements EnvironmentPostProcessor {

    private static final String EVENT_BUS = "EVENT_BUS_";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String file = environment.getProperty(Settings.FILE_VARIABLE);
        if (file == null || file.isBlank()) {
            return;
        }
        Settings settings = Settings.fromFile(Path.of(file));
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : settings.names()) {
            if (!name.startsWith(EVENT_BUS)) {
                settings.value(name).ifPresent(value -> values.put(name, value));
            }
        }
        environment
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new MapPropertySource("settings file " + file, values));
    }
}
