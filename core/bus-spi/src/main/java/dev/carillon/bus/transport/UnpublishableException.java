package dev.carillon.bus.transport;

import org.jspecify.annotations.Nullable;

/** The broker will never accept this message because of the message itself, for example its size. A retry cannot succeed. */
public final class UnpublishableException extends TransportException {

    private static final long serialVersionUID = 1;

    /** Creates an exception that names the request and the reason for the refusal, without secrets. */
    public UnpublishableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
