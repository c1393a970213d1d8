package dev.carillon.rig.role;

import dev.carillon.bus.jdbc.TransactionalReceiver;
import dev.carillon.events.Event;
import java.sql.Connection;
import java.sql.SQLException;

/** Fails for good on some events of some counters, until the {@link Operator} has cured them. */
final class Poisoned implements TransactionalReceiver<Step> {

    private final Recorder recorder;
    private final Effect effect;

    Poisoned(Recorder recorder, Effect effect) {
        this.recorder = recorder;
        this.effect = effect;
    }

    @Override
    public void receive(Event<Step> event, Connection connection) throws SQLException {
        if (Counters.isPoison(event.data()) && !Cures.has(connection, event)) {
            throw new PoisonException(event.data());
        }
        recorder.record(Listener.EFFECT, event);
        effect.receive(event, connection);
    }
}
