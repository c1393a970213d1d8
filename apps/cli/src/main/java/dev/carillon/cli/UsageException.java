package dev.carillon.cli;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done by anybody; nothing was done. The message is for the person who asked. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        this(message, null);
    }

    UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
