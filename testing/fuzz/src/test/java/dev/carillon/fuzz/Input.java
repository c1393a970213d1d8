package dev.carillon.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Reads fuzzer input from start to end. Any bytes are valid: missing ones read as zero or empty, so that most mutations are
 * meaningful.
 */
final class Input {

    private final byte[] bytes;
    private int at;

    Input(byte[] bytes) {
        this.bytes = bytes;
    }

    private boolean hasMore() {
        return at < bytes.length;
    }

    byte next() {
        return hasMore() ? bytes[at++] : 0;
    }

    /** A block with a length prefix of two bytes; shorter if the input ends. */
    byte[] block() {
        int length = Byte.toUnsignedInt(next()) << 8 | Byte.toUnsignedInt(next());
        int end = Math.min(bytes.length, at + length);
        byte[] block = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return block;
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    /** The rest as text; invalid bytes are replaced. */
    String restAsText() {
        return new String(rest(), UTF_8);
    }

    /** Writes the format that the reader reads. */
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer add(int value) {
            out.write(value);
            return this;
        }

        Writer block(byte[] block) {
            out.write(block.length >>> 8);
            out.write(block.length);
            return rest(block);
        }

        Writer block(String text) {
            return block(text.getBytes(UTF_8));
        }

        Writer rest(byte[] rest) {
            out.writeBytes(rest);
            return this;
        }

        Writer rest(String text) {
            return rest(text.getBytes(UTF_8));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
