package dev.carillon.bus.transport;

import org.jspecify.annotations.Nullable;

/** The broker will never take this message, because of what it is: too large, for example. Trying again does not help. */
public final class UnpublishableException extends TransportException {

    private static final long serialVersionUID = 1;

    /** What was asked of the broker, and why it will not; without secrets. */
    public UnpublishableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
