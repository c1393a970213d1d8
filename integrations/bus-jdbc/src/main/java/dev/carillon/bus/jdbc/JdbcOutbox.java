package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.Outbox;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.transport.MessageKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Writes events to the table {@code carillon_outbox} in the caller's transaction, so that an event exists exactly when the transaction
 * has committed. An {@link OutboxRelay} publishes them.
 *
 * <pre>{@code
 * EventBus bus = EventBus.builder(settings, events)
 *         .outbox(JdbcOutbox.over(new TransactionAwareDataSourceProxy(dataSource)))
 *         .open();
 * }</pre>
 *
 * <p>Write an event after the change that it describes, in the same transaction: then the events of one key are in the order in which
 * their transactions committed. Thread-safe if the source of connections is.
 */
public final class JdbcOutbox implements Outbox {

    private final Writer writer;

    private interface Writer {
        void write(EncodedEvent event) throws SQLException;
    }

    private JdbcOutbox(Writer writer) {
        this.writer = writer;
    }

    /**
     * An outbox that writes on the connection of the calling thread's transaction.
     *
     * @param transactional a data source whose {@code getConnection} returns the connection of the current transaction, which then stays
     *     open when it is closed. With Spring, that is a {@code TransactionAwareDataSourceProxy}; with JTA, any data source of the
     *     server
     */
    public static JdbcOutbox over(DataSource transactional) {
        return new JdbcOutbox(event -> {
            try (Connection connection = transactional.getConnection()) {
                insert(connection, event);
            }
        });
    }

    /** An outbox that writes on the connection that the source returns for the calling thread. */
    public static JdbcOutbox over(ConnectionSource connections) {
        return new JdbcOutbox(event -> insert(connections.current(), event));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the connection has automatic commits, so that there is no transaction
     * @throws DatabaseException when the row cannot be written
     */
    @Override
    public void add(EncodedEvent event) {
        try {
            writer.write(event);
        } catch (SQLException e) {
            throw new DatabaseException("write " + event + " to the outbox", e);
        }
    }

    /**
     * Writes an event on this connection, in its transaction, which the caller commits.
     *
     * @throws IllegalStateException when the connection has automatic commits, so that there is no transaction
     * @throws IllegalArgumentException when the database is not supported
     * @throws DatabaseException when the row cannot be written
     */
    public static void add(Connection connection, EncodedEvent event) {
        try {
            insert(connection, event);
        } catch (SQLException e) {
            throw new DatabaseException("write " + event + " to the outbox", e);
        }
    }

    private static void insert(Connection connection, EncodedEvent event) throws SQLException {
        Transactions.require(connection, "Events must be written to the outbox");
        Dialect dialect = Dialect.of(connection);
        MessageKey key = event.key();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO carillon_outbox (key_hash, topic_hash, event_id, event_type, topic, metadata, data, schema_text,"
                        + " key_field, key_type, key_value, headers, created_ms) VALUES (?, ?, " + dialect.uuid()
                        + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, " + dialect.now() + ")")) {
            insert.setLong(1, Ordering.BY_KEY.hash(event));
            insert.setLong(2, Ordering.BY_TOPIC.hash(event));
            insert.setString(3, event.metadata().id().toString());
            insert.setString(4, event.metadata().eventType());
            insert.setString(5, event.topic());
            insert.setString(6, event.metadata().toJson());
            insert.setBytes(7, event.data());
            insert.setString(8, event.schemaText());
            insert.setString(9, key == null ? null : key.field());
            insert.setString(10, key == null ? null : KeyType.of(key).text());
            insert.setBytes(11, key == null ? null : key.value().toString().getBytes(UTF_8));
            insert.setString(12, AddedHeaders.write(event.headers()));
            insert.executeUpdate();
        }
    }
}
