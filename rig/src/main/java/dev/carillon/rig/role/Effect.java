package dev.carillon.rig.role;

import dev.carillon.bus.jdbc.TransactionalReceiver;
import dev.carillon.events.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * What an event does to the consumer's database. It does it whatever the number is: that a number is missing, late or there
 * twice is for the judge to find.
 */
final class Effect implements TransactionalReceiver<Step> {

    private final String consumer;

    Effect(String consumer) {
        this.consumer = consumer;
    }

    /** The row of the counter is locked, so that the order of effects is that of commits. */
    @Override
    public void receive(Event<Step> event, Connection connection) throws SQLException {
        Step step = event.data();
        try (PreparedStatement state =
                connection.prepareStatement("insert into rig_state as s (counter, number) values (?, ?)"
                        + " on conflict (counter) do update set number = excluded.number")) {
            state.setString(1, step.counter());
            state.setLong(2, step.number());
            state.executeUpdate();
        }
        try (PreparedStatement effect = connection.prepareStatement(
                "insert into rig_effect (id, counter, number, consumer) values (?, ?, ?, ?)")) {
            effect.setString(1, event.metadata().id().toString());
            effect.setString(2, step.counter());
            effect.setLong(3, step.number());
            effect.setString(4, consumer);
            effect.executeUpdate();
        }
    }
}
