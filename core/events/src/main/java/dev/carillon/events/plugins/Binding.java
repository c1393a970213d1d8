package dev.carillon.events.plugins;

import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;

/** A declared receiver with the signal and the method that were found for it. */
record Binding(Declaration declaration, Signal<?> signal, ReceiverMethod method) {

    @SuppressWarnings("unchecked") // the method takes the signal's data class
    Subscription connect(Events events, Receiver<Object> receiver) {
        return events.connect((Signal<Object>) signal, receiver, ReceiverOptions.id(declaration.dispatchUid()));
    }
}
