package dev.carillon.events;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Replaces, in logs, a failure whose message contained personal data. Its message is the class and the scrubbed message of
 * the original; the stack trace is unchanged.
 */
@SuppressWarnings("OverrideThrowableToString") // its message begins with the class of the original
final class ScrubbedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ScrubbedException(String message, @Nullable Throwable cause, StackTraceElement[] stackTrace) {
        super(message, cause);
        setStackTrace(stackTrace);
    }

    /** As the original would have been shown. */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
