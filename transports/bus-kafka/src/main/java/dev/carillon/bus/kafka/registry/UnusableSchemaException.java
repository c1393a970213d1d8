package dev.carillon.bus.kafka.registry;

import org.jspecify.annotations.Nullable;

/** The schema of a message cannot be had, now or later. The text says so of the message: "its schema id 17 is …". */
public final class UnusableSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
