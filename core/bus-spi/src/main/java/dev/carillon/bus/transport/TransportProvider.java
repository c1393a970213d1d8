package dev.carillon.bus.transport;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Creates a transport from settings. Registered in {@code META-INF/services/dev.carillon.bus.transport.TransportProvider};
 * needs a public constructor without parameters.
 */
public interface TransportProvider {

    /** The short name of the transport in settings, for example {@code redis}. */
    String name();

    /**
     * Other names that mean this transport in {@code EVENT_BUS_PRODUCER} and {@code EVENT_BUS_CONSUMER}: the dotted names of
     * the Python package. None by default.
     */
    default List<String> aliases() {
        return List.of();
    }

    /** The prefix of the transport's settings, for example {@code EVENT_BUS_REDIS_}. */
    String settingsPrefix();

    /** Whether its messages carry keys, as {@link Transport#carriesKeys()}. */
    default boolean carriesKeys() {
        return true;
    }

    /** Whether the settings name a broker of this kind, so that it can be chosen when they name no transport. */
    boolean isConfigured(Settings settings);

    /**
     * Reads the settings, reports every problem to the reader, and returns a supplier that connects. The supplier is called
     * only when no problem was found, and must not wait for the broker.
     *
     * @param service the name of the service, which identifies clients to brokers; empty when it has none
     */
    Supplier<Transport> prepare(SettingsReader settings, Optional<String> service);

    /** All providers on the class path. */
    static List<TransportProvider> discovered() {
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
