package dev.carillon.cli;

import dev.carillon.events.internal.Shown;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Who called the command.
 *
 * @param in what it reads
 * @param out where results go
 * @param err where messages for people go
 * @param variables the environment variables
 * @param onTerminal whether results are read by a person in a terminal
 */
record Caller(InputStream in, OutputStream out, OutputStream err, Map<String, String> variables, boolean onTerminal) {

    private static final int BUFFER_SIZE = 1 << 16;

    /** Set by the launcher script, which can ask the system; Java 17 cannot. */
    private static final String TERMINAL_PROPERTY = "carillon.terminal";

    /** The caller of this process. Its streams are bytes: text is UTF-8 whatever the locale says. */
    static Caller ofThisProcess() {
        return new Caller(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER_SIZE),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_SIZE),
                new FileOutputStream(FileDescriptor.err),
                System.getenv(),
                Boolean.getBoolean(TERMINAL_PROPERTY));
    }

    /** Says something to the person who called, on standard error. What cannot be said is nobody's loss. */
    void tell(String message) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        stream.print(Shown.message(message) + "\n");
        stream.flush();
    }

    /** Whether text may have colours: on a terminal that can show them, unless {@code NO_COLOR} is set. */
    boolean wantsColours() {
        return onTerminal
                && variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "").equals("dumb");
    }
}
