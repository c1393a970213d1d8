package dev.carillon.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8. */
final class Utf8 {

    private Utf8() {}

    /** Decodes the bytes from {@code start} to the end; throws where others would write a replacement character. */
    static String decode(byte[] bytes, int start) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                .toString();
    }
}
