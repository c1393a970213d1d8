package dev.carillon.avro;

import java.io.Serial;

/** A class that the wire format does not support. Thrown until the component that has it is known. */
final class UnsupportedTypeException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean located;

    UnsupportedTypeException(String message) {
        this(message, false);
    }

    private UnsupportedTypeException(String message, boolean located) {
        super(message);
        this.located = located;
    }

    /** This problem with its component, unless an inner component is already known. */
    UnsupportedTypeException in(String component) {
        return located ? this : new UnsupportedTypeException(component + ": " + getMessage(), true);
    }
}
