package dev.carillon.events.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8, and rejects invalid bytes instead of replacing them. */
public final class StrictUtf8 {

    /** The character with which the JDK replaces invalid bytes. Valid text may contain it, too. */
    private static final char REPLACEMENT = '\uFFFD';

    private StrictUtf8() {}

    /**
     * Decodes a part of the bytes.
     *
     * @throws CharacterCodingException if it is not UTF-8
     */
    public static String decode(byte[] bytes, int start, int length) throws CharacterCodingException {
        // The JDK's constructor is the fastest decoder. Only a text with a replacement character needs the strict one.
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0
                ? text
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, start, length))
                        .toString();
    }
}
