package dev.carillon.rig.service;

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
 * The transactions of a producer: each increments a counter and sends an event. A transaction locks the row of its counter, so that the
 * counter's events are committed in the order of their numbers; a rollback frees the number. The ledger of committed events is a table
 * of the same database, because a producer whose connection breaks does not know whether its transaction has committed.
 */
final class CounterTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(CounterTransactions.class);

    private static final int ROLLED_BACK_PERCENT = 7;

    /** While there is a hot key, one in this many transactions sends a burst of its events. */
    private static final int BURST_INTERVAL = 8;

    private static final int BURST_SIZE = 15;

    private final String producer;
    private final ThreadTransaction transaction;
    private final Events events;
    private final Path folder;

    /** Connects a receiver that writes each sent event to the ledger, in the transaction that sends it. */
    CounterTransactions(String producer, ThreadTransaction transaction, Events events, Path folder) {
        this.producer = producer;
        this.transaction = transaction;
        this.events = events;
        this.folder = folder;
        events.connect(Step.TAKEN, this::writeToLedger);
    }

    /** Attempts one transaction, and logs a failure. */
    void attempt() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        boolean burst = FaultSwitch.HOT_KEY.isOn(folder) && random.nextInt(BURST_INTERVAL) == 0;
        String counter = burst ? Counters.HOT : Counters.any(random);
        boolean rollBack = random.nextInt(100) < ROLLED_BACK_PERCENT;
        try {
            transaction.run(connection -> {
                for (int i = 0; i < (burst ? BURST_SIZE : 1); i++) {
                    step(connection, counter);
                }
                return !rollBack;
            });
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Transaction of {} failed: {}", counter, e.toString());
        }
    }

    /** Sends fail-fast, so that a failure of ledger or outbox rolls the transaction back. */
    private void step(Connection connection, String counter) throws SQLException {
        Step step = new Step(counter, next(connection, counter), "");
        events.send(
                Step.TAKEN,
                FaultSwitch.LARGE_EVENTS.isOn(folder) ? EventSizes.vary(step) : step,
                SendOptions.failFast());
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

    private void writeToLedger(Event<Step> event) throws SQLException {
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
