package dev.carillon.cli;

import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import dev.carillon.events.EventsBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that talks to the event bus finds its settings. */
final class SettingsOption {

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "YAML or JSON file with the settings of the service, EVENT_BUS_... and so on. Environment"
                    + " variables win over it. Default: the file that " + Settings.FILE_VARIABLE + " names, if set.")
    private @Nullable Path file;

    /** Throws {@link dev.carillon.bus.config.SettingsException} when the file cannot be read. */
    Settings load(Map<String, String> variables) {
        Settings environment = Settings.of(variables);
        Path named = file == null
                ? environment
                        .value(Settings.FILE_VARIABLE)
                        .map(Object::toString)
                        .map(Path::of)
                        .orElse(null)
                : file;
        return named == null ? environment : Settings.fromFile(named).with(environment);
    }

    /** The events of the service that the settings name. */
    static Events events(Settings settings) {
        EventsBuilder builder = Events.builder();
        settings.serviceName().ifPresent(builder::serviceName);
        return builder.build();
    }
}
