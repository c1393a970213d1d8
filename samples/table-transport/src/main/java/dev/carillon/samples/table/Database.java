package dev.carillon.samples.table;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.bus.transport.TransportException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Transactions on pooled connections, which are opened when they are needed. Thread-safe. */
final class Database {

    static final String NEW_TOPIC = "INSERT INTO topic (name, last_position) VALUES (?, 0)";

    /** Every request ends within ten seconds. */
    private static final String INIT = """
            SET QUERY_TIMEOUT 10000;
            CREATE TABLE IF NOT EXISTS topic (name VARCHAR PRIMARY KEY, last_position BIGINT NOT NULL);
            CREATE TABLE IF NOT EXISTS message (
              topic VARCHAR, position BIGINT, arrived TIMESTAMP(6) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
              headers VARBINARY ARRAY, msg_key VARBINARY, data VARBINARY, writer VARCHAR, PRIMARY KEY (topic, position));
            CREATE TABLE IF NOT EXISTS group_position (
              topic VARCHAR, group_name VARCHAR, position BIGINT NOT NULL,
              owner VARCHAR, owned_until TIMESTAMP(6) WITH TIME ZONE, PRIMARY KEY (topic, group_name));
            """;

    final HikariDataSource pool = new HikariDataSource();

    Database(String url) {
        pool.setJdbcUrl(url);
        pool.setConnectionInitSql(INIT);
        pool.setAutoCommit(false);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(10_000);
    }

    interface Work<R> {
        R run(Connection open) throws SQLException;
    }

    /** Runs a transaction. {@code what} completes the sentence "Cannot …" of the {@link TransportException}. */
    <R> R transaction(String what, Work<R> work) {
        try (Connection open = pool.getConnection()) { // the pool rolls back what is not committed
            R result = work.run(open);
            open.commit();
            return result;
        } catch (SQLException e) {
            throw new TransportException("Cannot " + what + ": SQLState " + e.getSQLState(), e);
        }
    }

    static PreparedStatement prepare(Connection open, String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = open.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    static int update(Connection open, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(open, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Inserts a row that another transaction may have inserted. */
    static void insertIfAbsent(Connection open, String sql, Object... parameters) throws SQLException {
        try {
            update(open, sql, parameters);
        } catch (SQLIntegrityConstraintViolationException e) {
            // The row exists, which is all that is needed.
        }
    }

    /** The number in the first row; empty when there is no row, or null in it. */
    static OptionalLong number(Connection open, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(open, sql, parameters)) {
            ResultSet row = statement.executeQuery();
            return row.next() && row.getObject(1) != null ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
