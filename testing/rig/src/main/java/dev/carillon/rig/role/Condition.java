package dev.carillon.rig.role;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the services are to do until they are told otherwise. Each is on while there is a file of its name in the folder of the
 * run: that reaches all processes at once, also those that are started later, whatever broker, database and network are like.
 */
public enum Condition {
    /** Receivers are connected without ids. */
    WITHOUT_IDS,
    /** {@link Troubled} is interrupted on some events. */
    INTERRUPT,
    /** {@link Troubled} does not return from some events. */
    BLOCK,
    /** {@link Troubled} throws an {@code Error} on some events. */
    ERROR,
    /** Producers send events that are as large as the broker takes them. */
    LARGE_EVENTS,
    /** Producers send many events of {@link Counters#HOT}, and {@link Troubled} fails on all of them. */
    HOT_KEY,
    /** {@link Archive} fails for good on its counters, and the {@link Operator} leaves all dead letters where they are. */
    ARCHIVE_FAILS,
    /** {@link Archive} is connected under another id. */
    RENAME;

    private Path file(Path folder) {
        return folder.resolve("condition-" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Whether it is on. */
    public boolean isOn(Path folder) {
        return Files.exists(file(folder));
    }

    /** Turns it on or off; does nothing where it is so already. */
    public void turn(boolean on, Path folder) {
        try {
            if (!on) {
                Files.deleteIfExists(file(folder));
            } else if (!isOn(folder)) {
                Files.createFile(file(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
