package dev.carillon.bus.jdbc;

import java.sql.SQLException;
import org.h2.tools.Server;

/** A real H2 as a server, so that other processes can connect and it can be restarted. */
final class H2 implements TestDatabase {

    private Server server;

    H2() throws SQLException {
        server = start(0);
        execute("SET DB_CLOSE_DELAY -1");
    }

    private static Server start(int port) throws SQLException {
        return Server.createTcpServer("-tcpPort", String.valueOf(port), "-ifNotExists")
                .start();
    }

    @Override
    public String url() {
        return "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:carillon";
    }

    @Override
    public void cutConnections() throws SQLException {
        int port = server.getPort();
        server.stop();
        server = start(port);
    }

    @Override
    public void end() throws SQLException {
        execute("SHUTDOWN");
        server.stop();
    }
}
