package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.events.internal.Shown;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from and prints to: the standard streams and the environment variables. Results go to standard output,
 * messages for people to standard error. Text is UTF-8, whatever the locale is.
 *
 * <p>Output is buffered: {@link Carillon} flushes it when a command has succeeded. Methods that print throw {@link OutputError}
 * when standard output cannot be written. Not thread-safe.
 */
final class Console {

    private static final int BUFFER_SIZE = 1 << 16;

    /** Set by the launcher script, which can ask the system. Java 17 cannot. */
    private static final String TERMINAL_PROPERTY = "carillon.terminal";

    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final Map<String, String> variables;
    private final boolean onTerminal;
    private @Nullable OutputError broken;

    /**
     * Creates a console.
     *
     * @param in standard input
     * @param out standard output
     * @param err standard error
     * @param variables the environment variables
     * @param onTerminal whether standard output is a terminal
     */
    Console(InputStream in, OutputStream out, OutputStream err, Map<String, String> variables, boolean onTerminal) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.variables = variables;
        this.onTerminal = onTerminal;
    }

    /** The console of this process. */
    static Console ofThisProcess() {
        return new Console(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER_SIZE),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_SIZE),
                new FileOutputStream(FileDescriptor.err),
                System.getenv(),
                Boolean.getBoolean(TERMINAL_PROPERTY));
    }

    /** Standard input. */
    InputStream in() {
        return in;
    }

    /** Standard output as a stream, for libraries that print by themselves. */
    OutputStream out() {
        return out;
    }

    /** Standard error as a stream, for libraries that print by themselves. */
    OutputStream err() {
        return err;
    }

    /** The environment variables. */
    Map<String, String> variables() {
        return variables;
    }

    /** Whether standard output is a terminal. */
    boolean onTerminal() {
        return onTerminal;
    }

    /** Whether text may have colours: on a terminal that can show them, unless {@code NO_COLOR} is set. */
    boolean wantsColours() {
        return onTerminal
                && variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "").equals("dumb");
    }

    /** The text in bold, where colours are wanted; otherwise unchanged. */
    String bold(String text) {
        return wantsColours() ? BOLD + text + PLAIN : text;
    }

    /** Prints text as it is, without ending the line. */
    void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Prints a line as it is. For text from outside see {@link #escapedLine}. */
    void line(String text) {
        print(text);
        print("\n");
    }

    /** Prints a line that may contain text from outside: control characters are escaped. */
    void escapedLine(String text) {
        line(Shown.escaped(text));
    }

    /** Prints a JSON object as one line. */
    void json(ObjectNode object) {
        line(Json.toLine(object));
    }

    /** Prints a table whose first row is its heading. */
    void table(Table table) {
        List<String> lines = table.lines();
        line(bold(lines.get(0)));
        lines.stream().skip(1).forEach(this::line);
    }

    /** Writes buffered output to the stream. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private OutputError failure(IOException cause) {
        broken = new OutputError(cause);
        return broken;
    }

    /** Prints a message to standard error, behind the name of the command and after everything printed so far. */
    void message(String message) {
        status("carillon: " + message);
    }

    /** As {@link #message}, without the name of the command: for one of many lines about what was done. */
    void status(String message) {
        if (broken == null) {
            flush();
        }
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        stream.print(Shown.message(message) + "\n");
        stream.flush();
    }

    /** The exit code after this error, which is reported unless a reader has closed standard output. */
    int exitCode(OutputError error) {
        if (error.isClosed()) {
            return ExitCode.SUCCESS;
        }
        message(String.valueOf(error.getMessage()));
        return ExitCode.FAILED;
    }

    /** Standard output cannot be written. An error, not an exception, so that no caller catches it and continues. */
    static final class OutputError extends Error {

        private final boolean closed;

        OutputError(IOException cause) {
            super("Cannot write to standard output: " + cause.getMessage(), null, false, false);
            this.closed = String.valueOf(cause.getMessage())
                    .toLowerCase(Locale.ROOT)
                    .contains("pipe"); // Java only has the system's message, which names the pipe in every language
        }

        /** Whether its reader closed it, as {@code head} does when it has enough. This is not a failure. */
        boolean isClosed() {
            return closed;
        }
    }
}
