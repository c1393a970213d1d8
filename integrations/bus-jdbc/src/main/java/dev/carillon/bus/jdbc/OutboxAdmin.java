package dev.carillon.bus.jdbc;

import dev.carillon.bus.jdbc.OutboxRow.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Inspects the outbox, and redrives or discards dead-lettered events. Each call takes a connection of its own. Thread-safe. */
final class OutboxAdmin {

    private static final int MAX_LISTED = 1_000;
    private static final String IS_DEAD_LETTERED =
            "status IN (" + Status.DEAD_LETTERED.code() + ", " + Status.DEAD_LETTERED_BLOCKING.code() + ")";

    private final DataSource dataSource;
    private final String orderHash;

    OutboxAdmin(DataSource dataSource, Ordering ordering) {
        this.dataSource = dataSource;
        this.orderHash = ordering.column();
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T run(String action, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(action, e);
        }
    }

    OutboxStatus status(boolean active) {
        return run("read the status of the outbox", connection -> {
            Dialect dialect = Dialect.of(connection);
            String waiting = " FROM carillon_outbox WHERE " + dialect.isWaiting();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("SELECT (SELECT COUNT(*)" + waiting + "), (SELECT COUNT(*)"
                            + waiting + " AND " + orderHash + " IN (SELECT " + orderHash
                            + " FROM carillon_outbox WHERE status = " + Status.DEAD_LETTERED_BLOCKING.code()
                            + ")), (SELECT COUNT(*) FROM carillon_outbox WHERE " + IS_DEAD_LETTERED + "), (SELECT "
                            + dialect.now() + " - created_ms" + waiting + " ORDER BY id LIMIT 1)")) {
                row.next();
                long age = row.getLong(4);
                Optional<Duration> oldest =
                        row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(age, 0)));
                return new OutboxStatus(row.getLong(1), row.getLong(2), row.getLong(3), oldest, active);
            }
        });
    }

    List<DeadLetteredEvent> deadLetteredEvents() {
        return run("list the dead-lettered events of the outbox", connection -> {
            List<DeadLetteredEvent> events = new ArrayList<>();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery(
                            "SELECT id, event_id, event_type, topic, cause, created_ms, status FROM carillon_outbox WHERE "
                                    + IS_DEAD_LETTERED + " ORDER BY id LIMIT " + MAX_LISTED)) {
                while (row.next()) {
                    String cause = row.getString("cause");
                    events.add(new DeadLetteredEvent(
                            row.getLong("id"),
                            UUID.fromString(row.getString("event_id")),
                            row.getString("event_type"),
                            row.getString("topic"),
                            cause == null ? "" : cause,
                            Instant.ofEpochMilli(row.getLong("created_ms")),
                            row.getInt("status") == Status.DEAD_LETTERED_BLOCKING.code()));
                }
            }
            return events;
        });
    }

    boolean redrive(long id) {
        return run(
                "redrive outbox row " + id, connection -> update(connection, id, "status = " + Status.WAITING.code()));
    }

    boolean discard(long id) {
        return run(
                "discard outbox row " + id,
                connection -> update(
                        connection,
                        id,
                        "status = "
                                + Status.DISCARDED.code() + ", finished_ms = "
                                + Dialect.of(connection).now()));
    }

    private static boolean update(Connection connection, long id, String assignments) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE carillon_outbox SET " + assignments + " WHERE id = ? AND " + IS_DEAD_LETTERED)) {
            update.setLong(1, id);
            return update.executeUpdate() == 1;
        }
    }
}
