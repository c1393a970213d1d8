package dev.carillon.bus.jdbc;

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

/** What people ask of the outbox: how it stands, and what is to become of parked events. Each question has its own connection. */
final class OutboxDesk {

    private static final int MAX_LISTED = 1_000;
    private static final String PARKED = "status IN (" + Status.PARKED.code() + ", " + Status.HELD.code() + ")";

    private final DataSource dataSource;
    private final String lane;

    OutboxDesk(DataSource dataSource, Lanes lanes) {
        this.dataSource = dataSource;
        this.lane = lanes.column();
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T ask(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(what, e);
        }
    }

    OutboxStatus status(boolean active) {
        return ask("tell how the outbox stands", connection -> {
            Dialect dialect = Dialect.of(connection);
            String waiting = " FROM carillon_outbox WHERE " + dialect.waiting();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("SELECT (SELECT COUNT(*)" + waiting + "), (SELECT COUNT(*)"
                            + waiting + " AND " + lane + " IN (SELECT " + lane + " FROM carillon_outbox WHERE status = "
                            + Status.HELD.code() + ")), (SELECT COUNT(*) FROM carillon_outbox WHERE " + PARKED
                            + "), (SELECT " + dialect.now() + " - created_ms" + waiting + " ORDER BY id LIMIT 1)")) {
                row.next();
                long age = row.getLong(4);
                Optional<Duration> oldest =
                        row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(age, 0)));
                return new OutboxStatus(row.getLong(1), row.getLong(2), row.getLong(3), oldest, active);
            }
        });
    }

    List<ParkedEvent> parked() {
        return ask("list the parked events", connection -> {
            List<ParkedEvent> parked = new ArrayList<>();
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery(
                            "SELECT id, event_id, event_type, topic, cause, created_ms, status FROM carillon_outbox WHERE "
                                    + PARKED + " ORDER BY id LIMIT " + MAX_LISTED)) {
                while (row.next()) {
                    String cause = row.getString("cause");
                    parked.add(new ParkedEvent(
                            row.getLong("id"),
                            UUID.fromString(row.getString("event_id")),
                            row.getString("event_type"),
                            row.getString("topic"),
                            cause == null ? "" : cause,
                            Instant.ofEpochMilli(row.getLong("created_ms")),
                            row.getInt("status") == Status.HELD.code()));
                }
            }
            return parked;
        });
    }

    boolean release(long id) {
        return decide("release a parked event", id, "status = " + Status.WAITING.code());
    }

    boolean discard(long id) {
        return ask(
                "discard a parked event",
                connection -> decide(
                        connection,
                        id,
                        "status = "
                                + Status.DISCARDED.code() + ", finished_ms = "
                                + Dialect.of(connection).now()));
    }

    private boolean decide(String what, long id, String decision) {
        return ask(what, connection -> decide(connection, id, decision));
    }

    private static boolean decide(Connection connection, long id, String decision) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE carillon_outbox SET " + decision + " WHERE id = ? AND " + PARKED)) {
            update.setLong(1, id);
            return update.executeUpdate() == 1;
        }
    }
}
