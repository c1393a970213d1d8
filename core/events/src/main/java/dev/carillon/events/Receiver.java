package dev.carillon.events;

import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a signal.
 *
 * <p>Called in the sender's thread, possibly by several threads at once, unless connected with an executor. Events that
 * come over the event bus are delivered at least once: a receiver may see the same event id twice.
 */
@FunctionalInterface
public interface Receiver<T> {

    /** Handles one event. An exception is a failure of this receiver: see {@link Events#send}. */
    void receive(Event<T> event) throws Exception;

    /** Handles one event and returns a response for the {@link SendResult}. Returns null unless overridden. */
    default @Nullable Object respond(Event<T> event) throws Exception {
        receive(event);
        return null;
    }

    /** A receiver with a response, which the sender finds in {@link SendResult#responses()}. */
    static <T> Receiver<T> responding(Responder<T> responder) {
        return new RespondingReceiver<>(responder);
    }

    /** A function from event to response. */
    @FunctionalInterface
    interface Responder<T> {
        @Nullable
        Object respond(Event<T> event) throws Exception;
    }
}
