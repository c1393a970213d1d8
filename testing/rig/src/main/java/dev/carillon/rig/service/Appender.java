package dev.carillon.rig.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Appends lines to a file that several processes share. Each line is a single write, so a killed process leaves no partial line.
 * Thread-safe.
 */
final class Appender implements AutoCloseable {

    /** Not a channel, which an interrupt would close for all receivers. */
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
