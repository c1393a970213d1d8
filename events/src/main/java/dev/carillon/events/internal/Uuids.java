package dev.carillon.events.internal;

import java.util.UUID;

/** UUIDs as text from others. */
public final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    /**
     * Reads exactly the canonical form, in either case: the JDK alone would take {@code 1-1-1-1-1}, too.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static UUID parse(String text) {
        if (text.length() != LENGTH) {
            throw notCanonical();
        }
        for (int i = 0; i < LENGTH; i++) {
            if (isDash(i) ? text.charAt(i) != '-' : !isHexDigit(text.charAt(i))) {
                throw notCanonical();
            }
        }
        return UUID.fromString(text);
    }

    private static boolean isDash(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }

    private static boolean isHexDigit(char digit) {
        return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
    }

    private static IllegalArgumentException notCanonical() {
        return new IllegalArgumentException("not a UUID in its canonical form");
    }
}
