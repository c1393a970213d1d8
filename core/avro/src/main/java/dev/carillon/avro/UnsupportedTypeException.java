package dev.carillon.avro;

import java.io.Serial;

/** A class that has no place in the wire format, while the component that has it is found out. */
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

    /** This problem in a component, unless a component further in is known already. */
    UnsupportedTypeException in(String component) {
        return located ? this : new UnsupportedTypeException(component + ": " + getMessage(), true);
    }
}
