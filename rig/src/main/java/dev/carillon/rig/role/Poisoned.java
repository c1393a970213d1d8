package dev.carillon.rig.role;

import dev.carillon.events.Event;
import dev.carillon.events.Receiver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Fails for good on some events of some counters, until the {@link Operator} has cured them. */
final class Poisoned implements Receiver<Step> {

    private static final Set<String> COUNTERS = Set.of("counter-0", "counter-1", "counter-2", "counter-3");
    private static final int EVERY = 25;

    private final DataSource database;
    private final Receiver<Step> receiver;

    Poisoned(DataSource database, Receiver<Step> receiver) {
        this.database = database;
        this.receiver = receiver;
    }

    @Override
    public void receive(Event<Step> event) throws Exception {
        Step step = event.data();
        if (COUNTERS.contains(step.counter())
                && step.number() % EVERY == 0
                && !isCured(event.metadata().id().toString())) {
            throw new PoisonException(step.counter() + " #" + step.number() + " is poison");
        }
        receiver.receive(event);
    }

    private boolean isCured(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select 1 from rig_cured where id = ?")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }
}
