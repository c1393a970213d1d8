package dev.carillon.events;

import org.jspecify.annotations.Nullable;

/** A receiver whose response is returned to the sender. */
record RespondingReceiver<T>(Responder<T> responder) implements Receiver<T> {

    @Override
    public void receive(Event<T> event) throws Exception {
        responder.respond(event);
    }

    @Override
    public @Nullable Object respond(Event<T> event) throws Exception {
        return responder.respond(event);
    }
}
