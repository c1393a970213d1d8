package dev.carillon.events.keys;

import java.io.Serial;

/** A text is not a key of the requested kind. The message names the text (shortened if long), the kind and why. */
public final class InvalidKeyException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String input;
    private final KeyKind kind;
    private final String reason;

    InvalidKeyException(String input, KeyKind kind, String reason) {
        super(Quoted.of(input) + " is not a " + kind.label().replace('_', ' ') + " key: " + reason);
        this.input = input;
        this.kind = kind;
        this.reason = reason;
    }

    /** The whole invalid text; untrusted, of any length. */
    public String input() {
        return input;
    }

    /** The expected kind of key. */
    public KeyKind kind() {
        return kind;
    }

    /** The problem, as a sentence without the text and the kind. */
    public String reason() {
        return reason;
    }
}
