package dev.carillon.cli;

import dev.carillon.events.internal.Shown;
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

    /** Writes a line for people, in which names from anywhere may stand. */
    void plain(String text) {
        line(Shown.escaped(text));
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
