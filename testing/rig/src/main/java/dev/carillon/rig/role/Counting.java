package dev.carillon.rig.role;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.SendOptions;
import java.nio.file.Path;
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

    private static final int ROLLED_BACK_PERCENT = 7;

    /** While a key is hot, one in so many transactions is a burst of its events. */
    private static final int BURST_EVERY = 8;

    private static final int BURST = 15;

    private final String producer;
    private final OpenTransaction transaction;
    private final Events events;
    private final Path folder;

    /** Has every event of this service written to the ledger, in the transaction that sends it. */
    Counting(String producer, OpenTransaction transaction, Events events, Path folder) {
        this.producer = producer;
        this.transaction = transaction;
        this.events = events;
        this.folder = folder;
        events.connect(Step.TAKEN, this::note);
    }

    /** One transaction, which may fail. */
    void attempt() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        boolean burst = Condition.HOT_KEY.isOn(folder) && random.nextInt(BURST_EVERY) == 0;
        String counter = burst ? Counters.HOT : Counters.any(random);
        boolean rollBack = random.nextInt(100) < ROLLED_BACK_PERCENT;
        try {
            transaction.run(connection -> {
                for (int i = 0; i < (burst ? BURST : 1); i++) {
                    step(connection, counter);
                }
                return !rollBack;
            });
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A transaction of {} failed: {}", counter, e.toString());
        }
    }

    /** A failure of ledger or outbox must not commit. */
    private void step(Connection connection, String counter) throws SQLException {
        Step step = new Step(counter, next(connection, counter), "");
        events.send(Step.TAKEN, Condition.LARGE_EVENTS.isOn(folder) ? Loads.some(step) : step, SendOptions.failFast());
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

    private void note(Event<Step> event) throws SQLException {
        try (PreparedStatement statement = transaction
                .current()
                .prepareStatement("insert into rig_ledger (id, counter, number, producer) values (?, ?, ?, ?)")) {
            statement.setString(1, event.metadata().id().toString());
            statement.setString(2, event.data().counter());
            statement.setLong(3, event.data().number());
            statement.setString(4, producer);
            statement.executeUpdate();
        }
    }
}
