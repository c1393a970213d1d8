package dev.carillon.bus.transport;

import org.jspecify.annotations.Nullable;

/** A request to the broker failed: the broker is unavailable, refuses, or sends an invalid response. A retry may succeed. */
public class TransportException extends RuntimeException {

    /** Creates an exception that names the request and the failure, without secrets. */
    public TransportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
