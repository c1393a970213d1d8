package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Creates the tables {@code carillon_outbox}, {@code carillon_outbox_relay} and {@code carillon_inbox}, for tests and demos. In
 * production, add the same script, {@code dev/carillon/bus/jdbc/<database>/V1__carillon_event_tables.sql}, to the migrations of the
 * service's database.
 */
public final class JdbcSchema {

    private JdbcSchema() {}

    /**
     * Creates the tables that do not exist yet.
     *
     * @throws DatabaseException when a statement fails
     * @throws IllegalArgumentException when the database is not supported
     */
    public static void create(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            create(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Creates the tables that do not exist yet, on this connection: a database with transactional DDL does so in its transaction.
     *
     * @throws DatabaseException when a statement fails
     * @throws IllegalArgumentException when the database is not supported
     */
    public static void create(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(Dialect.of(connection))) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static DatabaseException failed(SQLException e) {
        return new DatabaseException("create the tables of outbox and inbox", e);
    }

    /** Relies on semicolons being only at the end of statements in these files. */
    private static List<String> statements(Dialect dialect) {
        String file = dialect.folder() + "/V1__carillon_event_tables.sql";
        try (InputStream in = JdbcSchema.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Resource not found: " + file);
            }
            String withoutComments = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(withoutComments.split(";", -1))
                    .filter(sql -> !sql.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
