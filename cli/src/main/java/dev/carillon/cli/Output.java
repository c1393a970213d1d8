package dev.carillon.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output as lines of UTF-8. All methods throw {@link OutputError}. Not thread-safe. */
final class Output {

    private final OutputStream out;

    Output(OutputStream out) {
        this.out = out;
    }

    /** Writes a line, which may stay in a buffer. */
    void line(String text) {
        text(text);
        text("\n");
    }

    /** Writes text without ending the line. */
    void text(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputError(e);
        }
    }

    /** Hands on what stands in the buffer. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputError(e);
        }
    }
}
