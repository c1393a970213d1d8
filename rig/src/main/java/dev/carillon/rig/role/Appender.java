package dev.carillon.rig.role;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file to which several processes append lines. One write a line: a kill leaves whole lines, and their order is that in which
 * they were written.
 */
final class Appender implements AutoCloseable {

    private final FileChannel channel;

    Appender(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    synchronized void append(String line) {
        try {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
