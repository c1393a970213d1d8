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
 * Has receivers handle each event once, although the bus may deliver it twice: the record that an event was handled commits in
 * the transaction of the work. Thread-safe; also among the members of a group, in several processes.
 *
 * <pre>{@code
 * Inbox inbox = Inbox.of(dataSource, "credentials");
 * events.connect(CERTIFICATE_CREATED, inbox.once("award", (event, connection) -> award(connection, event.data())));
 * }</pre>
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private static final Duration KEEP = Duration.ofDays(30);
    private static final int MAX_NAME = 200;
    private static final int PURGE_BATCH = 1_000;
    private static final long PURGE_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int TRIES_AFTER_DEADLOCK = 5;
    private static final String DUPLICATE = "23505";
    private static final String ROLLED_BACK = "40";

    private final DataSource dataSource;
    private final String group;
    private final Duration keep;
    private final LongAdder duplicates = new LongAdder();
    private final LongSupplier nanoTime;
    private final AtomicLong lastPurge;

    /** With {@link System#nanoTime}, or what a test has for it. */
    Inbox(DataSource dataSource, String group, Duration keep, LongSupplier nanoTime) {
        this.dataSource = dataSource;
        this.nanoTime = nanoTime;
        this.lastPurge = new AtomicLong(nanoTime.getAsLong());
        this.group = checkedGroup(group);
        this.keep = keep;
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("keep must be longer than PT0S, but was " + keep);
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
     * The inbox of a consumer group. It remembers the ids of events for 30 days.
     *
     * @throws IllegalArgumentException when the group is blank, or longer than 200 characters
     */
    public static Inbox of(DataSource dataSource, String group) {
        return new Inbox(dataSource, group, KEEP, System::nanoTime);
    }

    /**
     * This inbox, with another time to remember ids. An event that comes again later than that is handled again; so it is longer
     * than the broker keeps events.
     */
    public Inbox withKeep(Duration keep) {
        return new Inbox(dataSource, group, keep, nanoTime);
    }

    /**
     * A receiver that handles each event once, in a transaction of its own. An event that was handled is skipped and counted. One
     * that another member is at work on waits until that has committed, and is then skipped, or rolled back, and is then
     * handled.
     *
     * <p>The connection that the receiver gets refuses what would end the transaction, such as {@code commit} or {@code close}, and
     * the event then counts as one that failed; so does the connection that its statements, result sets and metadata answer.
     * Savepoints may be used. What {@code unwrap} answers is the driver's own, and refuses nothing.
     *
     * @param receiver the receiver's id, which no other receiver of this group has, and which stays when the code changes: under
     *     another one, everything would be new to it. It is connected under this id unless it is given another one
     * @throws IllegalArgumentException when the id is blank, has blanks at an end, more than 200 characters, line breaks or other
     *     control characters, or half of a surrogate pair
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
            purgeSometimes(); // with the connection given back: there may be only one
        }

        private void handle(Event<T> event, Connection connection) throws Exception {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                if (begin(connection, id, event.metadata().id())) {
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

    /** Deadlocks among those who wait for the same row are the database's to solve: it rolls one back, which tries again. */
    private boolean begin(Connection connection, String receiver, UUID eventId) throws SQLException {
        int tries = 1;
        while (true) {
            try {
                return insert(connection, receiver, eventId);
            } catch (SQLException e) {
                boolean rolledBack = e.getSQLState() != null && e.getSQLState().startsWith(ROLLED_BACK);
                if (!rolledBack || tries++ == TRIES_AFTER_DEADLOCK) {
                    throw e;
                }
                connection.rollback();
            }
        }
    }

    /** Where rolling back fails, automatic commits stay off, because turning them on would commit. */
    private static void rollBack(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Notes, in the caller's transaction, that a receiver handles an event. Waits for another transaction that notes the same.
     *
     * @return whether it is the first; when not, the event is counted as a duplicate, and is not to be handled
     * @throws IllegalArgumentException when the receiver's id is not one that {@link #once} takes
     * @throws IllegalStateException when the connection commits by itself, so that there is no transaction
     * @throws DatabaseException when it cannot be noted: the transaction is then to be rolled back
     */
    public boolean first(Connection connection, String receiver, UUID eventId) {
        ReceiverIds.require(receiver, MAX_NAME);
        try {
            Transactions.require(connection, "An event is noted in the inbox");
            return insert(connection, receiver, eventId);
        } catch (SQLException e) {
            throw new DatabaseException("note event " + eventId + " in the inbox", e);
        }
    }

    private boolean insert(Connection connection, String receiver, UUID eventId) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        try (PreparedStatement insert = connection.prepareStatement(
                dialect.insertUnlessThere("(consumer_group, receiver, event_id, received_ms) VALUES (?, ?, "
                        + dialect.uuid() + ", " + dialect.now() + ")"))) {
            insert.setString(1, group);
            insert.setString(2, receiver);
            insert.setString(3, eventId.toString());
            if (insert.executeUpdate() == 1) {
                return true;
            }
        } catch (SQLException e) {
            if (!DUPLICATE.equals(e.getSQLState())) {
                throw e;
            }
        }
        duplicates.increment();
        return false;
    }

    /** How many events were skipped since this inbox was made, because they had been handled. */
    public long duplicates() {
        return duplicates.sum();
    }

    private void purgeSometimes() {
        long now = nanoTime.getAsLong();
        long last = lastPurge.get();
        if (now - last > PURGE_EVERY_NANOS && lastPurge.compareAndSet(last, now)) {
            try {
                purge();
            } catch (DatabaseException e) {
                LOG.warn("{}; trying again in a minute", e.getMessage());
            }
        }
    }

    /**
     * Forgets the ids of this group that are older than they are kept, a thousand at a time. Receivers do so once a minute by
     * themselves.
     *
     * @return how many
     * @throws DatabaseException when it cannot
     */
    public long purge() {
        long all = 0;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            Dialect dialect = Dialect.of(connection);
            String condition = "consumer_group = ? AND received_ms < " + dialect.now() + " - " + keep.toMillis();
            try (PreparedStatement delete =
                    connection.prepareStatement(dialect.deleteSome("carillon_inbox", condition, PURGE_BATCH))) {
                delete.setString(1, group);
                int some;
                do {
                    some = delete.executeUpdate();
                    all += some;
                } while (some == PURGE_BATCH);
            }
        } catch (SQLException e) {
            throw new DatabaseException("purge the inbox of group " + group, e);
        }
        return all;
    }
}
