package dev.carillon.rig;

import dev.carillon.embedded.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Collects the log of a server, which overwrites its log file at each start. */
final class ServerLog {

    private final EmbeddedServer server;
    private final Path file;

    ServerLog(EmbeddedServer server, Path file) {
        this.server = server;
        this.file = file;
    }

    /** Appends the server's current log to the collected one. To be called before each restart. */
    void save() {
        try {
            if (Files.exists(server.log())) {
                Files.write(
                        file, Files.readAllBytes(server.log()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
