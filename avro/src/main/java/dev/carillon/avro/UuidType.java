package dev.carillon.avro;

import java.util.UUID;

/** {@link UUID}, in its canonical form of 36 characters. */
final class UuidType extends TextType<UUID> {

    static final UuidType INSTANCE = new UuidType();

    private static final int LENGTH = 36;

    private UuidType() {
        super(UUID.class);
    }

    @Override
    String expected() {
        return "a UUID such as 3af9f30c-5a66-1477-bda9-d8c096d38ff5";
    }

    @Override
    UUID parse(String text) {
        // UUID.fromString also takes groups of other lengths, which Python does not.
        if (text.length() != LENGTH) {
            throw new IllegalArgumentException("it has " + text.length() + " characters instead of " + LENGTH);
        }
        return UUID.fromString(text);
    }

    @Override
    String format(UUID value) {
        return value.toString();
    }
}
