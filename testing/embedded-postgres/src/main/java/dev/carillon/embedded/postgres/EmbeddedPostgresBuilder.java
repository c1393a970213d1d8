package dev.carillon.embedded.postgres;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortChoice;
import dev.carillon.embedded.server.ServerStart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Sets up an {@link EmbeddedPostgres}. For one thread; can start several servers if it leaves the port open. */
public final class EmbeddedPostgresBuilder {

    private static final Set<String> OURS =
            Set.of("data_directory", "listen_addresses", "port", "unix_socket_directories");

    /** Excludes what would be another option of the command line. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_.]+");

    private final Map<String, String> config = new LinkedHashMap<>();
    private PortChoice port = PortChoice.free();

    EmbeddedPostgresBuilder() {
        config.put("fsync", "on");
        config.put("synchronous_commit", "on");
        config.put("full_page_writes", "on");
        config.put("max_connections", "200");
        config.put("log_line_prefix", "%m %p %h ");
    }

    /** The TCP port, 1 to 65535. Without it, a free port from 20000 to 32767 is found. */
    public EmbeddedPostgresBuilder port(int port) {
        this.port = PortChoice.of(port);
        return this;
    }

    /**
     * Any other setting of {@code postgresql.conf}, overriding what is set here: {@code config("fsync", "off")}.
     *
     * @param name in lower case
     * @throws IllegalArgumentException if it is not the name of a setting, or one that cannot be changed: {@link #port} and where
     *     the server has its files
     */
    public EmbeddedPostgresBuilder config(String name, String value) {
        if (OURS.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be set with config(): see port()");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be a setting of postgresql.conf in lower case, but was '" + name + "'");
        }
        config.put(name, value);
        return this;
    }

    /**
     * Creates a database cluster and starts the server; returns when it accepts connections. That takes about three seconds.
     *
     * @throws EmbeddedServerException if the port is taken, there are no binaries for this platform, or the server exits during
     *     start: the message contains the last lines of its log
     */
    public EmbeddedPostgres start() {
        Map<String, String> settings = new LinkedHashMap<>(config);
        return ServerStart.start("PostgreSQL", port, folder -> {
            PostgresFiles files = PostgresFiles.unpack(folder.path());
            files.createCluster();
            return port -> new EmbeddedPostgres(new PostgresLauncher(port, folder, files, settings));
        });
    }
}
