package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.UnsupportedByTransportException;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import dev.carillon.events.EventsBuilder;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin for commands that use the event bus: where its settings are, and how the bus is opened. */
final class BusOptions {

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "YAML or JSON file with the settings of the service (EVENT_BUS_... and so on). Environment"
                    + " variables take precedence. Default: the file that " + Settings.FILE_VARIABLE
                    + " names, if set.")
    private @Nullable Path file;

    /** The settings. Throws {@link dev.carillon.bus.config.SettingsException} when the file cannot be read. */
    Settings settings(Console console) {
        Settings environment = Settings.of(console.variables());
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

    /** As {@link #withBus(Settings, Events, Function)}, with the settings of these options. */
    <R> R withBus(Console console, Function<EventBus, R> action) {
        Settings settings = settings(console);
        return withBus(settings, events(settings), action);
    }

    /**
     * Opens the bus, runs the action, and closes the bus.
     *
     * @throws dev.carillon.bus.config.SettingsException when the settings are wrong
     * @throws CommandException when the action requires something that does not exist, or that this broker does not support
     */
    static <R> R withBus(Settings settings, Events events, Function<EventBus, R> action) {
        try (EventBus bus =
                EventBus.builder(settings, events).withoutPublishing().open()) {
            return action.apply(bus);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e);
        } catch (UnsupportedByTransportException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()), e);
        }
    }
}
