package dev.carillon.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with a message for the person who called it, and with an exit code. */
final class CommandException extends RuntimeException {

    private final int exitCode;

    private CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Arguments or input are wrong. Nothing was done. */
    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, null);
    }

    /** As {@link #usage(String)}, with the message of the cause. */
    static CommandException usage(Throwable cause) {
        return usage("", cause);
    }

    /** As {@link #usage(Throwable)}, with this text before the message. */
    static CommandException usage(String prefix, Throwable cause) {
        return new CommandException(ExitCode.USAGE, prefix + ErrorHandler.message(cause), cause);
    }

    /** The request was valid, but failed. */
    static CommandException failed(String message) {
        return failed(message, null);
    }

    /** As {@link #failed(String)}, with the cause for {@code --verbose}. */
    static CommandException failed(String message, @Nullable Throwable cause) {
        return new CommandException(ExitCode.FAILED, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
