package dev.carillon.embedded.server;

import org.jspecify.annotations.Nullable;

/** A server could not be started. The message names the server, the reason and a hint. */
public class EmbeddedServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For the servers; the texts are in one place with them. */
    public EmbeddedServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
