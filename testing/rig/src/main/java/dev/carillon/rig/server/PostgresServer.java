package dev.carillon.rig.server;

import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.embedded.server.PortChoice;
import dev.carillon.embedded.server.ServerStart;

/**
 * A real PostgreSQL on 127.0.0.1 that loses no committed transaction in a crash: {@code fsync} and {@code synchronous_commit} are on.
 * It can be killed and restarted on its data and port. Local users connect as {@code postgres}, without a password.
 */
public final class PostgresServer extends EmbeddedServer {

    private PostgresServer(PostgresLauncher launcher) {
        super("PostgreSQL", launcher.port(), launcher.folder(), launcher);
    }

    /**
     * Creates a database cluster in a new folder and starts the server, which takes about three seconds.
     *
     * @throws dev.carillon.embedded.server.EmbeddedServerException when the server cannot be started
     */
    public static PostgresServer start() {
        return ServerStart.start("PostgreSQL", PortChoice.free(), folder -> {
            PostgresFiles files = PostgresFiles.unpack(folder.path());
            files.createCluster();
            return port -> new PostgresServer(new PostgresLauncher(port, folder, files));
        });
    }

    /** The JDBC URL by a port of 127.0.0.1: the server's own, or that of a proxy. */
    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }
}
