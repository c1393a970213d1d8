package dev.carillon.rig.service;

import dev.carillon.bus.jdbc.TransactionalReceiver;
import dev.carillon.events.Event;
import java.sql.Connection;
import java.sql.SQLException;

/** Fails for some events, even if retried, until the {@link Operator} has removed the cause. */
final class PoisonedReceiver implements TransactionalReceiver<Step> {

    private final DeliveryRecorder recorder;
    private final EffectWriter effect;

    PoisonedReceiver(DeliveryRecorder recorder, EffectWriter effect) {
        this.recorder = recorder;
        this.effect = effect;
    }

    @Override
    public void receive(Event<Step> event, Connection connection) throws SQLException {
        if (Counters.isPoison(event.data()) && !ResolvedPoison.contains(connection, event)) {
            throw new PoisonException(event.data());
        }
        recorder.record(ReceiverName.EFFECT, event);
        effect.receive(event, connection);
    }
}
