package dev.carillon.embedded.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The reasons why a server could not be started, as text. */
public final class StartFailures {

    /** The exit code of shells and {@code setsid} for a file that exists but cannot be run. */
    private static final int NOT_EXECUTABLE = 126;

    private StartFailures() {}

    /** The operating system, or the processor, is one for which there is no executable. */
    public static EmbeddedServerException unsupportedPlatform(String server, String os, String architecture) {
        return failed("There is no embedded %s for '%s' on '%s': Linux and macOS on x86-64 and arm64 are supported"
                .formatted(server, os, architecture));
    }

    /** A file of the server is missing. */
    public static EmbeddedServerException missingFiles(String server, String resource, String remedy) {
        return failed("%s cannot be started: '%s' is not on the class path: %s".formatted(server, resource, remedy));
    }

    static EmbeddedServerException endedAtStart(String server, int status, String log) {
        String hint = status == NOT_EXECUTABLE
                ? " (where the temporary folder forbids execution, name another with -Djava.io.tmpdir)"
                : "";
        return failed(
                "%s ended at start with exit status %d%s; its log ends with:%n%s".formatted(server, status, hint, log));
    }

    static EmbeddedServerException notReady(
            String server, Duration timeout, @Nullable Throwable lastAnswer, String log) {
        return new EmbeddedServerException(
                "%s is not ready after %d ms; its log ends with:%n%s".formatted(server, timeout.toMillis(), log),
                lastAnswer);
    }

    static EmbeddedServerException interrupted(String server, InterruptedException cause) {
        return new EmbeddedServerException("Interrupted while waiting for %s".formatted(server), cause);
    }

    /** A step of the start failed. */
    public static EmbeddedServerException cannotStart(String server, Throwable cause) {
        return new EmbeddedServerException("%s cannot be started: %s".formatted(server, cause.getMessage()), cause);
    }

    private static EmbeddedServerException failed(String message) {
        return new EmbeddedServerException(message, null);
    }
}
