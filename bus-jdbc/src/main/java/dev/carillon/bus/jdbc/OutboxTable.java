package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.EncodedEvent;
import dev.carillon.bus.spi.MessageKey;
import dev.carillon.bus.spi.OutgoingMessage;
import dev.carillon.events.EventMetadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the relay asks of the table, on a connection that commits each statement by itself. */
final class OutboxTable {

    /** So many ids are kept in memory, at eight bytes each. */
    private static final int MAX_LISTED = 100_000;

    private static final int PURGE_BATCH = 1_000;

    private final Connection connection;
    private final Dialect dialect;
    private final String order;

    OutboxTable(Connection connection) throws SQLException {
        this.connection = connection;
        this.dialect = Dialect.of(connection);
        this.order = order();
    }

    /**
     * The order of commits, where PostgreSQL notes it; else the order of ids: that of commits, for transactions of which one
     * began to write after the other had committed.
     */
    private String order() throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            try (Statement show = connection.createStatement();
                    ResultSet setting = show.executeQuery("SHOW track_commit_timestamp")) {
                if (setting.next() && "on".equals(setting.getString(1))) {
                    return "pg_xact_commit_timestamp(CAST(written_by AS XID)) NULLS FIRST, id";
                }
            }
        }
        return "id";
    }

    /** Lanes whose events wait for one that is parked. */
    Set<Long> heldLanes() throws SQLException {
        Set<Long> lanes = new HashSet<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT DISTINCT lane FROM carillon_outbox WHERE status = " + Status.HELD.code())) {
            while (rows.next()) {
                lanes.add(rows.getLong(1));
            }
        }
        return lanes;
    }

    /** The ids of what waits, and is visible at this moment, in the order in which it is to be published. */
    List<Long> waiting(Collection<Long> withoutLanes) throws SQLException {
        String condition = withoutLanes.isEmpty() ? "" : " AND lane NOT IN " + list(withoutLanes);
        List<Long> ids = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT id FROM carillon_outbox WHERE " + isWaiting() + condition
                        + " ORDER BY " + order + " LIMIT " + MAX_LISTED)) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    /** The second half says nothing new, but lets MySQL and H2 read their index in the order of ids. */
    private String isWaiting() {
        return "status = " + Status.WAITING.code() + (dialect == Dialect.POSTGRESQL ? "" : " AND finished_ms IS NULL");
    }

    /** These rows in this order, without those that do not wait any more. */
    List<OutboxRow> read(List<Long> ids) throws SQLException {
        Map<Long, OutboxRow> read = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT id, lane, event_type, topic, metadata, headers, key_field, key_type, key_value, data,"
                                + " schema_text FROM carillon_outbox WHERE " + isWaiting() + " AND id IN "
                                + list(ids))) {
            while (rows.next()) {
                OutboxRow row = row(rows);
                read.put(row.id(), row);
            }
        }
        List<OutboxRow> inOrder = new ArrayList<>(read.size());
        for (Long id : ids) {
            OutboxRow row = read.get(id);
            if (row != null) {
                inOrder.add(row);
            }
        }
        return inOrder;
    }

    private static OutboxRow row(ResultSet row) throws SQLException {
        return new OutboxRow(
                row.getLong("id"),
                row.getLong("lane"),
                new EncodedEvent(
                        EventMetadata.fromJson(row.getString("metadata")),
                        new OutgoingMessage(
                                row.getString("topic"),
                                row.getString("event_type"),
                                HeaderBytes.read(row.getBytes("headers")),
                                key(row),
                                row.getBytes("data"),
                                row.getString("schema_text"))));
    }

    private static @Nullable MessageKey key(ResultSet row) throws SQLException {
        String type = row.getString("key_type");
        if (type == null) {
            return null;
        }
        String value = new String(row.getBytes("key_value"), UTF_8);
        return new MessageKey(row.getString("key_field"), KeyType.named(type).read(value));
    }

    /** The broker has these. */
    void markPublished(Collection<Long> ids) throws SQLException {
        try (Statement update = connection.createStatement()) {
            update.executeUpdate("UPDATE carillon_outbox SET status = " + Status.PUBLISHED.code() + ", finished_ms = "
                    + dialect.now() + " WHERE " + isWaiting() + " AND id IN " + list(ids));
        }
    }

    /** This one cannot be published. */
    void park(long id, Status as, int attempts, String cause) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE carillon_outbox SET status = ?, attempts = ?, cause = ? WHERE id = ? AND " + isWaiting())) {
            update.setInt(1, as.code());
            update.setInt(2, attempts);
            update.setString(3, cause);
            update.setLong(4, id);
            update.executeUpdate();
        }
    }

    /** Deletes some of what was published or discarded longer ago; answers whether there may be more. */
    boolean purgeSome(Duration age) throws SQLException {
        boolean more = false;
        for (Status status : List.of(Status.PUBLISHED, Status.DISCARDED)) {
            String condition =
                    "status = " + status.code() + " AND finished_ms < " + dialect.now() + " - " + age.toMillis();
            try (Statement delete = connection.createStatement()) {
                int deleted = delete.executeUpdate(dialect.deleteSome("carillon_outbox", condition, PURGE_BATCH));
                more |= deleted == PURGE_BATCH;
            }
        }
        return more;
    }

    private static String list(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }
}
