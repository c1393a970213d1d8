package dev.carillon.rig.service;

import dev.carillon.bus.jdbc.TransactionalReceiver;
import dev.carillon.events.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes the effect of an event to the consumer's database. Accepts any number: the judge detects missing, late and duplicate ones.
 */
final class EffectWriter implements TransactionalReceiver<Step> {

    private final ReceiverName listener;
    private final String consumer;

    EffectWriter(ReceiverName listener, String consumer) {
        this.listener = listener;
        this.consumer = consumer;
    }

    /** Locks the row of the counter, so that its effects are in the order of their commits. */
    @Override
    public void receive(Event<Step> event, Connection connection) throws SQLException {
        Step step = event.data();
        try (PreparedStatement state =
                connection.prepareStatement("insert into rig_state as s (receiver, counter, number) values (?, ?, ?)"
                        + " on conflict (receiver, counter) do update set number = excluded.number")) {
            state.setString(1, listener.name());
            state.setString(2, step.counter());
            state.setLong(3, step.number());
            state.executeUpdate();
        }
        try (PreparedStatement effect = connection.prepareStatement(
                "insert into rig_effect (receiver, id, counter, number, consumer) values (?, ?, ?, ?, ?)")) {
            effect.setString(1, listener.name());
            effect.setString(2, event.metadata().id().toString());
            effect.setString(3, step.counter());
            effect.setLong(4, step.number());
            effect.setString(5, consumer);
            effect.executeUpdate();
        }
    }
}
