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

    /** {@link UUID#fromString} also takes groups of other lengths, signs and digits of other scripts. */
    @Override
    UUID parse(String text) {
        boolean dashes = text.length() == LENGTH
                && text.charAt(8) == '-'
                && text.charAt(13) == '-'
                && text.charAt(18) == '-'
                && text.charAt(23) == '-';
        if (!dashes) {
            throw new IllegalArgumentException("it does not have 8, 4, 4, 4 and 12 digits with dashes between them");
        }
        long high = (hex(text, 0, 8) << 32) | (hex(text, 9, 13) << 16) | hex(text, 14, 18);
        long low = (hex(text, 19, 23) << 48) | hex(text, 24, 36);
        return new UUID(high, low);
    }

    private static long hex(String text, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            value = (value << 4) | digit(text.charAt(i));
        }
        return value;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20; // lower case
        if (letter < 'a' || letter > 'f') {
            throw new IllegalArgumentException("it holds something else than hexadecimal digits and dashes");
        }
        return letter - 'a' + 10;
    }

    @Override
    String format(UUID value) {
        return value.toString();
    }
}
