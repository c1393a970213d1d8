package dev.carillon.embedded.postgres;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortTakenException;
import dev.carillon.embedded.server.ServerFolder;
import dev.carillon.embedded.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Starts the process of a PostgreSQL, again after each kill. */
record PostgresLauncher(int port, ServerFolder folder, PostgresFiles files, Map<String, String> settings)
        implements Supplier<ServerProcess> {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** The children of a killed server keep the data locked until they have ended, too. */
    private static final int MAX_ATTEMPTS = 100;

    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

    /** The index of the line of {@code postmaster.pid} that contains the status of the server. */
    private static final int STATUS_LINE = 7;

    @Override
    public ServerProcess get() {
        for (int attempt = 1; ; attempt++) {
            try {
                return ServerProcess.start(
                        "PostgreSQL on port " + port, folder, command(), START_TIMEOUT, this::isReady);
            } catch (EmbeddedServerException e) {
                if (folder.hasLogged("Address already in use")) {
                    throw new PortTakenException(port, e);
                }
                if (!folder.hasLogged("is still in use") || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_DELAY.toNanos());
            }
        }
    }

    private List<String> command() {
        List<String> arguments = new ArrayList<>(List.of("-D", files.data().toString(), "-p", Integer.toString(port)));
        arguments.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return files.command("postgres", arguments.toArray(String[]::new));
    }

    private boolean isReady(long pid) throws IOException {
        Path file = files.data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() > STATUS_LINE
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }
}
