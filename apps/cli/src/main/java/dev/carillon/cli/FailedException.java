package dev.carillon.cli;

import org.jspecify.annotations.Nullable;

/** The command cannot do what it was asked for. The message is for the person who called it. */
final class FailedException extends RuntimeException {

    FailedException(String message) {
        this(message, null);
    }

    FailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
