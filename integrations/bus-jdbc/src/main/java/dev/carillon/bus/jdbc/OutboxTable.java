package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.events.EventMetadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the relay asks of the table, on a connection that commits each statement by itself. */
final class OutboxTable {

    /** So many ids are kept in memory, at eight bytes each. */
    private static final int MAX_LISTED = 100_000;

    private static final int PURGE_BATCH = 1_000;
    private static final int MAX_CAUSE = 2_000;

    /** The data of events that are read at once. */
    private static final long MAX_BYTES = 16L << 20;

    private final Connection connection;
    private final Dialect dialect;
    private final String lane;
    private final String order;

    /** To be published in the order of these lanes. */
    OutboxTable(Connection connection, Lanes lanes) throws SQLException {
        this.connection = connection;
        this.lane = lanes.column();
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

    /**
     * The ids of what waits, and is visible at this moment, in the order in which it is to be published; without lanes that are
     * held, and without these topics and lanes.
     */
    List<Long> waiting(Collection<String> withoutTopics, Collection<Long> withoutLanes) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT id FROM carillon_outbox WHERE ")
                .append(dialect.waiting())
                .append(" AND " + lane + " NOT IN (SELECT " + lane + " FROM carillon_outbox WHERE status = ")
                .append(Status.HELD.code())
                .append(')');
        if (!withoutTopics.isEmpty()) {
            sql.append(" AND topic NOT IN (")
                    .append(String.join(", ", Collections.nCopies(withoutTopics.size(), "?")))
                    .append(')');
        }
        if (!withoutLanes.isEmpty()) {
            sql.append(" AND " + lane + " NOT IN ").append(list(withoutLanes));
        }
        sql.append(" ORDER BY ").append(order).append(" LIMIT ").append(MAX_LISTED);
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            int parameter = 1;
            for (String topic : withoutTopics) {
                select.setString(parameter++, topic);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }

    /** How many of these, from the first on, are to be read together; at least one. */
    int fitting(List<Long> ids) throws SQLException {
        Map<Long, Long> sizes = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT id, OCTET_LENGTH(data) FROM carillon_outbox WHERE id IN " + list(ids))) {
            while (rows.next()) {
                sizes.put(rows.getLong(1), rows.getLong(2));
            }
        }
        long all = 0;
        for (int i = 0; i < ids.size(); i++) {
            all += sizes.getOrDefault(ids.get(i), 0L);
            if (all > MAX_BYTES && i > 0) {
                return i;
            }
        }
        return ids.size();
    }

    /** These rows in this order, without those that do not wait any more. */
    List<OutboxRow> read(List<Long> ids) throws SQLException {
        Map<Long, OutboxRow> read = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT id, " + lane
                        + " AS lane, topic, metadata, key_field, key_type, key_value, data, schema_text"
                        + " FROM carillon_outbox WHERE " + dialect.waiting() + " AND id IN " + list(ids))) {
            while (rows.next()) {
                OutboxRow row = row(rows);
                read.put(row.id(), row);
            }
        }
        return ids.stream().map(read::get).filter(Objects::nonNull).toList();
    }

    private static OutboxRow row(ResultSet row) throws SQLException {
        String topic = row.getString("topic");
        @Nullable EncodedEvent event;
        try {
            event = new EncodedEvent(
                    EventMetadata.fromJson(row.getString("metadata")),
                    topic,
                    key(row),
                    row.getBytes("data"),
                    row.getString("schema_text"));
        } catch (RuntimeException e) {
            event = null; // the text of the failure may show data
        }
        return new OutboxRow(row.getLong("id"), row.getLong("lane"), topic, event);
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
            update.executeUpdate("UPDATE " + dialect.byId("carillon_outbox") + " SET status = "
                    + Status.PUBLISHED.code() + ", finished_ms = " + dialect.now() + " WHERE " + dialect.waiting()
                    + " AND id IN " + list(ids));
        }
    }

    /** This one cannot be published; answers whether it waited still. */
    boolean park(long id, Status as, String cause) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE carillon_outbox SET status = ?, cause = ? WHERE id = ? AND " + dialect.waiting())) {
            update.setInt(1, as.code());
            update.setString(2, cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) : cause);
            update.setLong(3, id);
            return update.executeUpdate() == 1;
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
