package dev.carillon.embedded;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortTakenException;
import dev.carillon.embedded.server.ServerFolder;
import dev.carillon.embedded.server.ServerProcess;
import dev.carillon.embedded.server.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Starts the process of a Redis whose folder has been prepared. */
record RedisLauncher(
        int port,
        ServerFolder folder,
        Path executable,
        @Nullable TlsFiles tls,
        @Nullable RedisUser defaultUser) implements Supplier<ServerProcess> {

    static final String CONFIG_FILE = "redis.conf";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    @Override
    public ServerProcess get() {
        List<String> command = new ArrayList<>(List.of(executable.toString(), CONFIG_FILE));
        command.addAll(
                tls == null
                        ? List.of("--port", Integer.toString(port))
                        : List.of("--port", "0", "--tls-port", Integer.toString(port)));
        try {
            return ServerProcess.start("Redis on port " + port, folder, command, START_TIMEOUT, this::responds);
        } catch (EmbeddedServerException e) {
            // "Address in use" or "Address already in use", as the platform has it
            if (folder.hasLogged("bind: Address")) {
                throw new PortTakenException(port, e);
            }
            throw e;
        }
    }

    /** The process id in the reply distinguishes this server from another one on the port. */
    private boolean responds(long pid) throws IOException {
        @Nullable SSLContext context = tls == null ? null : tls.trust();
        try (RedisConnection connection = RedisConnection.open(port, context)) {
            if (defaultUser != null) {
                connection.call("AUTH", defaultUser.password());
            }
            connection.call("PING");
            String info = connection.call("INFO", "server");
            return info != null && info.lines().anyMatch(("process_id:" + pid)::equals);
        }
    }
}
