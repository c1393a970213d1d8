package dev.carillon.rig.role;

import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.SendOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of a producer. One locks the row of its counter, so that the counter's events are committed in the order of
 * their numbers; a rollback gives the number back. What becomes of a transaction whose connection breaks, only the database
 * knows: the ledger is a table in it.
 */
final class Counting {

    private static final Logger LOG = LoggerFactory.getLogger(Counting.class);

    private static final int COUNTERS = 40;
    private static final int ROLLED_BACK_PERCENT = 7;

    private final String producer;
    private final OpenTransaction transaction;
    private final Events events;

    Counting(String producer, OpenTransaction transaction, Events events) {
        this.producer = producer;
        this.transaction = transaction;
        this.events = events;
    }

    /** One transaction, which may fail. */
    void attempt() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String counter = "counter-" + random.nextInt(COUNTERS);
        boolean rollBack = random.nextInt(100) < ROLLED_BACK_PERCENT;
        try {
            transaction.run(connection -> {
                step(connection, counter);
                return !rollBack;
            });
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A transaction of {} failed: {}", counter, e.toString());
        }
    }

    /** The event comes last, and goes to the outbox: a failure of that must not commit. */
    private void step(Connection connection, String counter) throws SQLException {
        Step step = new Step(counter, next(connection, counter));
        EventMetadata metadata = events.newMetadata(Step.TAKEN);
        write(connection, step, metadata);
        events.resend(Step.TAKEN, step, metadata, SendOptions.failFast());
    }

    private static long next(Connection connection, String counter) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into rig_counter as c (counter, number) values (?, 1)"
                        + " on conflict (counter) do update set number = c.number + 1 returning number")) {
            statement.setString(1, counter);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void write(Connection connection, Step step, EventMetadata metadata) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into rig_ledger (id, counter, number, producer) values (?, ?, ?, ?)")) {
            statement.setString(1, metadata.id().toString());
            statement.setString(2, step.counter());
            statement.setLong(3, step.number());
            statement.setString(4, producer);
            statement.executeUpdate();
        }
    }
}
