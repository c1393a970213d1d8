package dev.carillon.embedded.internal;

import dev.carillon.embedded.EmbeddedServerException;

/** A server could not be started because another process has its port. */
public final class PortTakenException extends EmbeddedServerException {

    private static final long serialVersionUID = 1;

    /** Of a port of 127.0.0.1. */
    public PortTakenException(int port, Throwable cause) {
        super("Port %d of 127.0.0.1 is taken: choose another, or none to get a free one".formatted(port), cause);
    }
}
