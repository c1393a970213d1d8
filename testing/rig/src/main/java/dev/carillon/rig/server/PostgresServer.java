package dev.carillon.rig.server;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.embedded.internal.PortChoice;
import dev.carillon.embedded.internal.ServerStart;

/**
 * A real PostgreSQL on 127.0.0.1 that keeps what it has committed, come what may: {@code fsync} and {@code synchronous_commit}
 * are on. It can be killed, and started again on its data and its port. Anyone on this machine is let in as {@code postgres}.
 */
public final class PostgresServer extends EmbeddedServer {

    private PostgresServer(PostgresLauncher launcher) {
        super("PostgreSQL", launcher.port(), launcher.folder(), launcher);
    }

    /**
     * Makes a database in a folder of its own and starts it; that takes about three seconds.
     *
     * @throws dev.carillon.embedded.EmbeddedServerException if it cannot be started
     */
    public static PostgresServer start() {
        return ServerStart.start("PostgreSQL", PortChoice.free(), folder -> {
            PostgresFiles files = PostgresFiles.unpack(folder.path());
            files.makeDatabase();
            return port -> new PostgresServer(new PostgresLauncher(port, folder, files));
        });
    }

    /** Its URL by way of a port that leads to it. */
    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }
}
