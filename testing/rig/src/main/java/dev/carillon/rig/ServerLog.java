package dev.carillon.rig;

import dev.carillon.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps what a server says, which it begins afresh at each start. */
final class ServerLog {

    private final EmbeddedServer server;
    private final Path file;

    ServerLog(EmbeddedServer server, Path file) {
        this.server = server;
        this.file = file;
    }

    /** Appends what the server has said since it was last started. Called before it is started again. */
    void keep() {
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
