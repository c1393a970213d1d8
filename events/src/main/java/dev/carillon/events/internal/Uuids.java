package dev.carillon.events.internal;

import java.util.Locale;
import java.util.UUID;

/** UUIDs as text from others. */
public final class Uuids {

    private Uuids() {}

    /**
     * Reads exactly the canonical form, in either case: the JDK alone would take {@code 1-1-1-1-1}, too.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static UUID parse(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a UUID in its canonical form");
        }
        return id;
    }
}
