package dev.carillon.cli;

import java.io.IOException;
import java.util.Locale;

/** Standard output takes no more. An error and not an exception, so that nobody on the way carries on. */
final class OutputError extends Error {

    private final boolean closed;

    OutputError(IOException cause) {
        super("Standard output cannot be written: " + cause.getMessage(), null, false, false);
        this.closed = String.valueOf(cause.getMessage())
                .toLowerCase(Locale.ROOT)
                .contains("pipe"); // Java has the system's words only, and they name the pipe in every language
    }

    /** Whether its reader went away, as {@code head} does when it has enough: no fault of anybody's. */
    boolean isClosed() {
        return closed;
    }
}
