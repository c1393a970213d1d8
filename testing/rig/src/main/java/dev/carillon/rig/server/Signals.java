package dev.carillon.rig.server;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java cannot send, by the {@code kill} that Linux and macOS have. */
final class Signals {

    private Signals() {}

    /** Sends it. Does nothing when the process has ended. */
    static void send(String signal, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
