package dev.carillon.embedded;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server could not be started. The message says which one, why, and what would help. */
public final class EmbeddedServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What shells and {@code setsid} answer for a file that is there but cannot be run. */
    private static final int NOT_EXECUTABLE = 126;

    private final boolean portTaken;

    private EmbeddedServerException(String message, @Nullable Throwable cause, boolean portTaken) {
        super(message, cause);
        this.portTaken = portTaken;
    }

    boolean portTaken() {
        return portTaken;
    }

    static EmbeddedServerException unsupportedPlatform(String server, String os, String architecture) {
        return failed("There is no embedded %s for '%s' on '%s': Linux and macOS on x86-64 and arm64 are supported"
                .formatted(server, os, architecture));
    }

    static EmbeddedServerException missingExecutable(String server, String resource, String library) {
        return failed(
                "The executable of %s, '%s', is not on the class path: add %s".formatted(server, resource, library));
    }

    static EmbeddedServerException portTaken(int port, Throwable cause) {
        return new EmbeddedServerException(
                "Port %d of 127.0.0.1 is taken: choose another, or none to get a free one".formatted(port),
                cause,
                true);
    }

    static EmbeddedServerException endedAtStart(String server, int status, String log) {
        String hint = status == NOT_EXECUTABLE
                ? " (where the temporary folder forbids execution, name another with -Djava.io.tmpdir)"
                : "";
        return failed(
                "%s ended at start with exit status %d%s; its log ends with:%n%s".formatted(server, status, hint, log));
    }

    static EmbeddedServerException notReady(
            String server, Duration patience, @Nullable Throwable lastAnswer, String log) {
        return new EmbeddedServerException(
                "%s is not ready after %d ms; its log ends with:%n%s".formatted(server, patience.toMillis(), log),
                lastAnswer,
                false);
    }

    static EmbeddedServerException interrupted(String server, InterruptedException cause) {
        return new EmbeddedServerException("Interrupted while waiting for %s".formatted(server), cause, false);
    }

    static EmbeddedServerException cannotStart(String server, Throwable cause) {
        return new EmbeddedServerException(
                "%s cannot be started: %s".formatted(server, cause.getMessage()), cause, false);
    }

    private static EmbeddedServerException failed(String message) {
        return new EmbeddedServerException(message, null, false);
    }
}
