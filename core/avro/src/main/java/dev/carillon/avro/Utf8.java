package dev.carillon.avro;

import dev.carillon.events.internal.StrictUtf8;
import java.nio.charset.CharacterCodingException;

/** Strict UTF-8: rejects invalid input instead of replacing it. */
final class Utf8 {

    private Utf8() {}

    /** The length of a text in bytes. Throws a {@link DataProblem} for a lone surrogate. */
    static int length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (Character.isSurrogate(c)) {
                requirePair(text, i++);
                bytes += 4;
            } else {
                bytes += 3;
            }
        }
        if (bytes > Integer.MAX_VALUE) {
            throw DataProblem.of("a text of more than 2 GiB");
        }
        return (int) bytes;
    }

    /** Rejects a lone surrogate. */
    static void requireUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                requirePair(text, i++);
            }
        }
    }

    private static void requirePair(String text, int at) {
        boolean pair = Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (!pair) {
            throw DataProblem.of("must be text that UTF-8 can hold, but has a lone surrogate at index " + at);
        }
    }

    /** Writes a text whose {@link #length} is known. Returns the index after its last byte. */
    static int write(String text, byte[] bytes, int start) {
        int at = start;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isSurrogate(c)) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                bytes[at++] = (byte) (0xF0 | (codePoint >> 18));
                bytes[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
                bytes[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (codePoint & 0x3F));
            } else {
                bytes[at++] = (byte) (0xE0 | (c >> 12));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        return at;
    }

    /** Decodes bytes. Throws a {@link DataProblem} when they are not UTF-8. */
    static String read(byte[] bytes, int start, int length) {
        try {
            return StrictUtf8.decode(bytes, start, length);
        } catch (CharacterCodingException e) {
            throw DataProblem.at(start, "text that is not UTF-8");
        }
    }
}
