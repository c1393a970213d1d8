package dev.carillon.bus.transport;

import org.jspecify.annotations.Nullable;

/** The broker did not do what it was asked: it is away, refuses, or answers nonsense. Trying again may help. */
public class TransportException extends RuntimeException {

    /** What was asked of the broker, and how it failed; without secrets. */
    public TransportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
