package dev.carillon.testing;

import java.io.IOException;

/** Whether Ctrl-C can be tested. A shell makes the jobs in its background ignore SIGINT, and so does everything that they start. */
public final class Interrupts {

    private Interrupts() {}

    /** Whether SIGINT ends a process that this one starts. */
    public static boolean endProcesses() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "kill -s INT $$").start().waitFor() != 0;
    }
}
