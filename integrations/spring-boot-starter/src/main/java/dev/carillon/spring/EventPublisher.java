package dev.carillon.spring;

import dev.carillon.events.Events;
import dev.carillon.events.SendOptions;
import dev.carillon.events.Signal;
import java.util.function.Consumer;

/**
 * Sends events: to the receivers of this application that read no topic, and over the event bus, when {@code carillon.publish} or
 * {@code EVENT_BUS_PRODUCER_CONFIG} names a topic for them.
 *
 * <p>In an application with a database, events go through its outbox: within a transaction, an event is published when the transaction
 * commits, and never when it is rolled back. Outside of one, this opens a transaction for the event. Without a database, an event goes
 * to the broker at once, also within a transaction.
 *
 * <p>The first failure of a receiver in this application, or of the outbox, is thrown, so that a transaction is rolled back. Thread-safe.
 */
public final class EventPublisher {

    private final Events events;
    private final KnownSignals signals;
    private final Consumer<Runnable> transaction;

    EventPublisher(Events events, KnownSignals signals, Consumer<Runnable> transaction) {
        this.events = events;
        this.signals = signals;
        this.transaction = transaction;
    }

    /**
     * Sends an event.
     *
     * @throws dev.carillon.events.SenderValidationException when the data are not of the signal's data class
     * @throws RuntimeException what a receiver or the outbox has thrown
     */
    public <T> void publish(Signal<T> signal, T data) {
        transaction.accept(() -> events.send(signal, data, SendOptions.failFast()));
    }

    /**
     * Sends an event whose data class belongs to one event only, such as a record that is marked {@link EventType}.
     *
     * @throws IllegalArgumentException when no known event has this data class, or several do
     * @throws RuntimeException what a receiver or the outbox has thrown
     */
    public void publish(Object data) {
        publishAs(signals.ofDataClass(data.getClass()), data);
    }

    private <T> void publishAs(Signal<T> signal, Object data) {
        publish(signal, signal.dataClass().cast(data));
    }
}
