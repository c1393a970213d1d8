package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.events.internal.StrictUtf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Converts JSON lines: each line of standard input is one JSON object and becomes one line of standard output, in order. An
 * invalid line becomes an error, and the rest is still converted. Blank lines are skipped. Holds one line at a time in memory.
 */
final class JsonLines {

    /** For help texts. */
    static final String HELP =
            "An invalid line gives {\"error\", \"line\"} in its place, and the rest is still converted."
                    + " Blank lines are counted, but give nothing.";

    /** What happens to each line. */
    @FunctionalInterface
    interface Conversion {
        /** Returns the output for a line. Any exception means that the line is invalid; its message says why. */
        ObjectNode convert(JsonObject line);
    }

    private final LineReader lines;
    private final Console console;

    JsonLines(Console console) {
        this.lines = new LineReader(console.in(), console::flush);
        this.console = console;
    }

    /**
     * Converts all lines and returns the exit code. When the input breaks off, the lines before are still converted.
     *
     * @throws CommandException when the input cannot be read
     */
    int convert(Conversion conversion) {
        long all = 0;
        long invalid = 0;
        try {
            while (lines.advance()) {
                if (!lines.isBlank()) {
                    all++;
                    invalid += convertLine(conversion) ? 0 : 1;
                }
            }
        } finally {
            console.flush();
        }
        if (invalid > 0) {
            console.message("Invalid lines: " + invalid + " of " + all + "; the output has an error in place of each");
        }
        return invalid > 0 ? ExitCode.FAILED : ExitCode.SUCCESS;
    }

    /** Returns whether the line is valid. */
    private boolean convertLine(Conversion conversion) {
        ObjectNode converted;
        boolean valid = true;
        try {
            converted = conversion.convert(JsonObject.parse(lines.text()));
        } catch (RuntimeException e) {
            valid = false;
            converted = Json.object().put("error", ErrorHandler.message(e)).put("line", lines.number());
        }
        console.json(converted);
        return valid;
    }

    /**
     * The lines of a stream, of any length. Lines end with a line feed. A line is decoded when its text is requested, so that an
     * invalid one does not keep the rest from being read.
     */
    private static final class LineReader {

        private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

        private final InputStream in;
        private final Runnable beforeWaiting;
        private final byte[] buffer = new byte[1 << 16];
        private int position;
        private int end;
        private long number;
        private byte[] line = {};

        /** Calls {@code beforeWaiting} whenever the stream has no bytes ready. */
        LineReader(InputStream in, Runnable beforeWaiting) {
            this.in = in;
            this.beforeWaiting = beforeWaiting;
        }

        /** Goes to the next line; returns false at the end. */
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
                throw CommandException.failed("Cannot read standard input: " + e.getMessage(), e);
            }
        }

        /** The number of the line, from 1. */
        long number() {
            return number;
        }

        /** Whether the line is empty or has only spaces, tabs and a carriage return. */
        boolean isBlank() {
            for (byte each : line) {
                if (each != ' ' && each != '\t' && each != '\r') {
                    return false;
                }
            }
            return true;
        }

        /** The line without its end, and without a byte order mark before the first. */
        String text() {
            boolean hasMark = number == 1
                    && line.length >= BYTE_ORDER_MARK.length
                    && Arrays.equals(BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length, line, 0, BYTE_ORDER_MARK.length);
            try {
                int start = hasMark ? BYTE_ORDER_MARK.length : 0;
                return StrictUtf8.decode(line, start, line.length - start);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("The line is not UTF-8", e);
            }
        }
    }
}
