package dev.carillon.bus.kafka.registry;

import dev.carillon.bus.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** The schema registry is unavailable, or rejected a request. Trying again later may help. */
public final class RegistryException extends TransportException {

    private static final long serialVersionUID = 1;

    RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
