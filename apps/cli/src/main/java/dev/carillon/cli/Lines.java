package dev.carillon.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a stream, each of any length, one in memory at a time. A line ends at a line feed; what a line is not is said
 * when its text is asked for, so that the lines behind it can still be read. Not thread-safe.
 */
final class Lines {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final Runnable beforeWaiting;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private long number;
    private byte[] line = {};

    /** Reads this stream, calling {@code beforeWaiting} whenever it has no bytes ready. */
    Lines(InputStream in, Runnable beforeWaiting) {
        this.in = in;
        this.beforeWaiting = beforeWaiting;
    }

    /**
     * Goes to the next line; false at the end.
     *
     * @throws FailedException when the stream cannot be read
     */
    boolean advance() {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        boolean any = false;
        while (position < end || fill()) {
            any = true;
            int lineFeed = position;
            while (lineFeed < end && buffer[lineFeed] != '\n') {
                lineFeed++;
            }
            parts.write(buffer, position, lineFeed - position);
            position = lineFeed + 1;
            if (lineFeed < end) {
                break;
            }
        }
        if (any) {
            number++;
            line = parts.toByteArray();
        }
        return any;
    }

    private boolean fill() {
        try {
            if (in.available() == 0) {
                beforeWaiting.run();
            }
            position = 0;
            end = Math.max(0, in.read(buffer));
            return end > 0;
        } catch (IOException e) {
            throw new FailedException("Standard input cannot be read: " + e.getMessage(), e);
        }
    }

    /** The number of this line; the first has 1. */
    long number() {
        return number;
    }

    /** Whether this line holds nothing but spaces, tabs and a carriage return. */
    boolean isBlank() {
        for (byte each : line) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    /**
     * This line without its end, and without a byte order mark at the start of the first.
     *
     * @throws IllegalArgumentException when it is not UTF-8
     */
    String text() {
        int start = number == 1 && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, start, line.length - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The line is not UTF-8", e);
        }
    }

    private boolean startsWithByteOrderMark() {
        if (line.length < BYTE_ORDER_MARK.length) {
            return false;
        }
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (line[i] != BYTE_ORDER_MARK[i]) {
                return false;
            }
        }
        return true;
    }
}
