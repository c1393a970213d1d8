package dev.carillon.bus.jdbc;

import dev.carillon.events.Event;
import dev.carillon.events.IdentifiedReceiver;
import dev.carillon.events.internal.ReceiverIds;
import dev.carillon.events.internal.Shown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes receivers handle each event once, although the bus may deliver it twice: the record of a handled event commits in the same
 * transaction as the receiver's changes. Thread-safe, and safe for the members of a consumer group in several processes.
 *
 * <pre>{@code
 * Inbox inbox = Inbox.of(dataSource, "credentials");
 * events.connect(CERTIFICATE_CREATED, inbox.once("award", (event, connection) -> award(connection, event.data())));
 * }</pre>
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private static final Duration DEFAULT_RETENTION = Duration.ofDays(30);
    private static final int MAX_NAME = 200;
    private static final int PURGE_BATCH = 1_000;
    private static final long PURGE_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_ATTEMPTS = 5;
    private static final String DUPLICATE_KEY = "23505";
    private static final String ROLLED_BACK_CLASS = "40";

    private final DataSource dataSource;
    private final String group;
    private final Duration retention;
    private final LongAdder duplicates = new LongAdder();
    private final LongSupplier nanoTime;
    private final AtomicLong lastPurge;

    /** {@code nanoTime} is {@link System#nanoTime}, except in tests. */
    Inbox(DataSource dataSource, String group, Duration retention, LongSupplier nanoTime) {
        this.dataSource = dataSource;
        this.nanoTime = nanoTime;
        this.lastPurge = new AtomicLong(nanoTime.getAsLong());
        this.group = checkedGroup(group);
        this.retention = retention;
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("retention must be longer than PT0S, but was " + retention);
        }
    }

    private static String checkedGroup(String group) {
        if (group.isBlank() || group.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "The group must have 1 to " + MAX_NAME + " characters, but was " + Shown.quoted(group));
        }
        return group;
    }

    /**
     * The inbox of a consumer group, with a retention of 30 days.
     *
     * @throws IllegalArgumentException when the group is blank, or longer than 200 characters
     */
    public static Inbox of(DataSource dataSource, String group) {
        return new Inbox(dataSource, group, DEFAULT_RETENTION, System::nanoTime);
    }

    /**
     * This inbox, with another retention: how long the ids of handled events are kept. An event that is delivered again after that is
     * handled again, so it must be longer than the broker keeps events.
     *
     * @throws IllegalArgumentException when the retention is zero or negative
     */
    public Inbox withRetention(Duration retention) {
        return new Inbox(dataSource, group, retention, nanoTime);
    }

    /**
     * A receiver that handles each event once, in a transaction of its own. An event that was handled before is skipped and counted.
     * When another member is handling the event at the moment, the receiver waits for the end of that transaction: after a commit it
     * skips the event, after a rollback it handles it.
     *
     * <p>The receiver's connection throws when a call would end the transaction, such as {@code commit} or {@code close}, and the event
     * then fails, even if the exception is swallowed. The same holds for the connection that its statements, result sets and metadata
     * return. Savepoints are allowed. The result of {@code unwrap} is the driver's own connection, which is not guarded.
     *
     * @param receiver the receiver's id, unique in the group. Do not change it: under another id, all events are new to the receiver.
     *     It is also the id under which the receiver is connected, unless another one is given there
     * @throws IllegalArgumentException when the id is blank, starts or ends with a blank, or has more than 200 characters, line breaks
     *     or other control characters, or half of a surrogate pair
     */
    public <T> IdentifiedReceiver<T> once(String receiver, TransactionalReceiver<T> work) {
        return new Once<>(ReceiverIds.require(receiver, MAX_NAME), work);
    }

    private final class Once<T> implements IdentifiedReceiver<T> {
        private final String id;
        private final TransactionalReceiver<T> work;

        Once(String id, TransactionalReceiver<T> work) {
            this.id = id;
            this.work = work;
        }

        @Override
        public String receiverId() {
            return id;
        }

        @Override
        public void receive(Event<T> event) throws Exception {
            try (Connection connection = dataSource.getConnection()) {
                handle(event, connection);
            }
            purgeWhenDue(); // after the connection is closed: the pool may have only one
        }

        private void handle(Event<T> event, Connection connection) throws Exception {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                if (insertWithRetries(connection, id, event.metadata().id())) {
                    GuardedConnection guard = new GuardedConnection(connection, id);
                    work.receive(event, guard.proxy());
                    guard.requireUntouched();
                    connection.commit();
                } else {
                    connection.rollback();
                }
                connection.setAutoCommit(before);
            } catch (Throwable e) {
                rollBack(connection, before, e);
                throw e;
            }
        }
    }

    /** Transactions that wait for the same row may deadlock; the database then rolls one of them back, which is retried here. */
    private boolean insertWithRetries(Connection connection, String receiver, UUID eventId) throws SQLException {
        int attempts = 1;
        while (true) {
            try {
                return insert(connection, receiver, eventId);
            } catch (SQLException e) {
                boolean rolledBack = e.getSQLState() != null && e.getSQLState().startsWith(ROLLED_BACK_CLASS);
                if (!rolledBack || attempts++ == MAX_ATTEMPTS) {
                    throw e;
                }
                connection.rollback();
            }
        }
    }

    /** When the rollback fails, automatic commits stay off, because switching them on would commit. */
    private static void rollBack(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Records, in the caller's transaction, that a receiver handles an event. Waits for the end of another transaction that records the
     * same.
     *
     * @return true when the caller is to handle the event; false when it was handled before, which is counted as a duplicate
     * @throws IllegalArgumentException when {@link #once} would not accept the receiver's id
     * @throws IllegalStateException when the connection has automatic commits, so that there is no transaction
     * @throws DatabaseException when the insert fails; the caller must then roll back the transaction
     */
    public boolean markHandled(Connection connection, String receiver, UUID eventId) {
        ReceiverIds.require(receiver, MAX_NAME);
        try {
            Transactions.require(connection, "Events must be recorded in the inbox");
            return insert(connection, receiver, eventId);
        } catch (SQLException e) {
            throw new DatabaseException("record event " + eventId + " in the inbox", e);
        }
    }

    private boolean insert(Connection connection, String receiver, UUID eventId) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        try (PreparedStatement insert = connection.prepareStatement(
                dialect.insertIfAbsent("(consumer_group, receiver, event_id, received_ms) VALUES (?, ?, "
                        + dialect.uuid() + ", " + dialect.now() + ")"))) {
            insert.setString(1, group);
            insert.setString(2, receiver);
            insert.setString(3, eventId.toString());
            if (insert.executeUpdate() == 1) {
                return true;
            }
        } catch (SQLException e) {
            if (!DUPLICATE_KEY.equals(e.getSQLState())) {
                throw e;
            }
        }
        duplicates.increment();
        return false;
    }

    /** How many events this instance has skipped because they had been handled before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /**
     * Calls {@link #purge} when the last purge of this instance was more than a minute ago; logs a failure. Receivers of {@link #once}
     * call it after each event; who calls {@link #markHandled} does the same, without a transaction.
     */
    public void purgeWhenDue() {
        long now = nanoTime.getAsLong();
        long last = lastPurge.get();
        if (now - last > PURGE_INTERVAL_NANOS && lastPurge.compareAndSet(last, now)) {
            try {
                purge();
            } catch (DatabaseException e) {
                LOG.warn("Inbox of group {} was not purged; retrying in a minute: {}", group, e.getMessage());
            }
        }
    }

    /**
     * Deletes the ids of this group that are older than the retention, in batches of 1,000. Receivers of {@link #once} call it once a
     * minute.
     *
     * @return how many were deleted
     * @throws DatabaseException when a statement fails
     */
    public long purge() {
        long deleted = 0;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            Dialect dialect = Dialect.of(connection);
            String condition = "consumer_group = ? AND received_ms < " + dialect.now() + " - " + retention.toMillis();
            try (PreparedStatement delete =
                    connection.prepareStatement(dialect.deleteBatch("carillon_inbox", condition, PURGE_BATCH))) {
                delete.setString(1, group);
                int batch;
                do {
                    batch = delete.executeUpdate();
                    deleted += batch;
                } while (batch == PURGE_BATCH);
            }
        } catch (SQLException e) {
            throw new DatabaseException("purge the inbox of group " + group, e);
        }
        return deleted;
    }
}
