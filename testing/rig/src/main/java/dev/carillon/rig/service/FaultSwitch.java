package dev.carillon.rig.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes the services misbehave while it is on. A switch is on while a file with its name exists in the folder of the run: this reaches
 * all processes, also those that start later, whatever the state of broker, database and network.
 */
public enum FaultSwitch {
    /** Receivers are connected without ids. */
    WITHOUT_IDS,
    /** {@link MisbehavingReceiver} interrupts its thread for some events. */
    INTERRUPT,
    /** {@link MisbehavingReceiver} does not return for some events. */
    BLOCK,
    /** {@link MisbehavingReceiver} throws an {@code Error} for some events. */
    ERROR,
    /** Producers send some events that are as large as the broker accepts. */
    LARGE_EVENTS,
    /** Producers send many events of {@link Counters#HOT}, and {@link MisbehavingReceiver} fails for all of them. */
    HOT_KEY,
    /** {@link RenamedReceiver} fails for all events of its counters, and the {@link Operator} redrives nothing. */
    ARCHIVE_FAILS,
    /** {@link RenamedReceiver} is connected under another id. */
    RENAME;

    private Path file(Path folder) {
        return folder.resolve("switch-" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Whether this switch is on in a run's folder. */
    public boolean isOn(Path folder) {
        return Files.exists(file(folder));
    }

    /** Turns this switch on or off; does nothing when it is already. */
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
