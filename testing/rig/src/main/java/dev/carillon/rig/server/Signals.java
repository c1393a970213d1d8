package dev.carillon.rig.server;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals that Java cannot send, with the command {@code kill}. */
final class Signals {

    private Signals() {}

    /** Sends a signal such as STOP. Does nothing when the process has ended. */
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
