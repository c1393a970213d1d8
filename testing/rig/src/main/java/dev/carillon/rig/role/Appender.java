package dev.carillon.rig.role;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A file to which several processes append lines. One write a line: a kill leaves whole lines, and their order is that in which
 * they were written.
 */
final class Appender implements AutoCloseable {

    /** No channel: an interrupt would close that, for all receivers and for the rest of the process. */
    private final OutputStream file;

    @SuppressWarnings("resource") // closed with this
    Appender(Path file) throws IOException {
        this.file = new FileOutputStream(file.toFile(), true);
    }

    synchronized void append(String line) {
        try {
            file.write((line + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
