package dev.carillon.events.internal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a log for a failure whose words held personal data: its message is the class and the message of that failure, without
 * them; the stack trace is that of the failure.
 */
public final class ScrubbedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ScrubbedException(String message, @Nullable Throwable cause, StackTraceElement[] stackTrace) {
        super(message, cause);
        setStackTrace(stackTrace);
    }
}
