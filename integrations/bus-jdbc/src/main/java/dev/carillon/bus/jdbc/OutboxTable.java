package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.jdbc.OutboxRow.Status;
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

/** The statements of the relay on {@code carillon_outbox}, on a connection with automatic commits. For the relay's thread. */
final class OutboxTable {

    /** How many ids the relay has in memory, at most. */
    private static final int MAX_LISTED = 100_000;

    private static final int PURGE_BATCH = 1_000;
    private static final int MAX_CAUSE = 2_000;

    /** How much event data is read at once, unless a single event is larger. */
    private static final long MAX_BYTES = 16L << 20;

    private final Connection connection;
    private final Dialect dialect;
    private final String orderHash;
    private final String orderBy;

    /** Rows with the same hash of this ordering are published in order. */
    OutboxTable(Connection connection, Ordering ordering) throws SQLException {
        this.connection = connection;
        this.orderHash = ordering.column();
        this.dialect = Dialect.of(connection);
        this.orderBy = commitOrder();
    }

    /**
     * The order in which transactions committed, where PostgreSQL records it; otherwise the order of ids. The two are the same for
     * transactions that did not write at the same time.
     */
    private String commitOrder() throws SQLException {
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
     * The ids of the waiting rows that are visible now, in the order in which they are to be published. Leaves out blocked keys,
     * these topics, and the keys with these hashes.
     */
    List<Long> waitingIds(Collection<String> withoutTopics, Collection<Long> withoutKeys) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT id FROM carillon_outbox WHERE ")
                .append(dialect.isWaiting())
                .append(" AND " + orderHash + " NOT IN (SELECT " + orderHash + " FROM carillon_outbox WHERE status = ")
                .append(Status.DEAD_LETTERED_BLOCKING.code())
                .append(')');
        if (!withoutTopics.isEmpty()) {
            sql.append(" AND topic NOT IN (")
                    .append(String.join(", ", Collections.nCopies(withoutTopics.size(), "?")))
                    .append(')');
        }
        if (!withoutKeys.isEmpty()) {
            sql.append(" AND " + orderHash + " NOT IN ").append(list(withoutKeys));
        }
        sql.append(" ORDER BY ").append(orderBy).append(" LIMIT ").append(MAX_LISTED);
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

    /** How many of these rows, from the first on, fit into one read; at least one. */
    int countFitting(List<Long> ids) throws SQLException {
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

    /** These rows in this order, without those that no longer wait. */
    List<OutboxRow> read(List<Long> ids) throws SQLException {
        Map<Long, OutboxRow> read = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT id, " + orderHash
                        + " AS order_hash, topic, metadata, key_field, key_type, key_value, data, schema_text, headers"
                        + " FROM carillon_outbox WHERE " + dialect.isWaiting() + " AND id IN " + list(ids))) {
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
                    row.getString("schema_text"),
                    AddedHeaders.read(row.getString("headers")));
        } catch (RuntimeException e) {
            event = null; // the exception is not kept: its message may contain event data
        }
        return new OutboxRow(row.getLong("id"), row.getLong("order_hash"), topic, event);
    }

    private static @Nullable MessageKey key(ResultSet row) throws SQLException {
        String type = row.getString("key_type");
        if (type == null) {
            return null;
        }
        String value = new String(row.getBytes("key_value"), UTF_8);
        return new MessageKey(row.getString("key_field"), KeyType.named(type).parse(value));
    }

    /** Marks rows that the broker has acknowledged. */
    void markPublished(Collection<Long> ids) throws SQLException {
        try (Statement update = connection.createStatement()) {
            update.executeUpdate("UPDATE " + dialect.byId("carillon_outbox") + " SET status = "
                    + Status.PUBLISHED.code() + ", finished_ms = " + dialect.now() + " WHERE " + dialect.isWaiting()
                    + " AND id IN " + list(ids));
        }
    }

    /** Dead-letters a row; returns false when it no longer waited. */
    boolean deadLetter(long id, Status status, String cause) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE carillon_outbox SET status = ?, cause = ? WHERE id = ? AND " + dialect.isWaiting())) {
            update.setInt(1, status.code());
            update.setString(2, cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) : cause);
            update.setLong(3, id);
            return update.executeUpdate() == 1;
        }
    }

    /** Deletes a batch of the rows that were published or discarded longer ago than this; returns whether there may be more. */
    boolean purgeBatch(Duration age) throws SQLException {
        boolean more = false;
        for (Status status : List.of(Status.PUBLISHED, Status.DISCARDED)) {
            String condition =
                    "status = " + status.code() + " AND finished_ms < " + dialect.now() + " - " + age.toMillis();
            try (Statement delete = connection.createStatement()) {
                int deleted = delete.executeUpdate(dialect.deleteBatch("carillon_outbox", condition, PURGE_BATCH));
                more |= deleted == PURGE_BATCH;
            }
        }
        return more;
    }

    private static String list(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }
}
