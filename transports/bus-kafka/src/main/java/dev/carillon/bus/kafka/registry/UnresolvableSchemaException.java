package dev.carillon.bus.kafka.registry;

import org.jspecify.annotations.Nullable;

/** A message has a schema id without a usable schema; trying again does not help. The text: "its schema id 17 is …". */
public final class UnresolvableSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnresolvableSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
