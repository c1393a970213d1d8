package dev.carillon.cli.demo;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A file with one entry of 24 bytes for each delivered event. Writing is thread-safe. */
final class DeliveryLog implements AutoCloseable {

    /**
     * One delivery.
     *
     * @param id the event's id
     * @param micros microseconds from the event's time to its delivery
     */
    record Entry(UUID id, long micros) {}

    /** Called with each entry of a log. */
    @FunctionalInterface
    interface Visitor {
        void visit(Entry entry);
    }

    private final DataOutputStream out;

    DeliveryLog(Path file) throws IOException {
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    synchronized void write(Entry entry) throws IOException {
        out.writeLong(entry.id().getMostSignificantBits());
        out.writeLong(entry.id().getLeastSignificantBits());
        out.writeLong(entry.micros());
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    static void read(Path file, Visitor visitor) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (true) {
                visitor.visit(new Entry(new UUID(in.readLong(), in.readLong()), in.readLong()));
            }
        } catch (EOFException end) {
            // All entries were read.
        }
    }
}
