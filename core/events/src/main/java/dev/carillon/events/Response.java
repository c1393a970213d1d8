package dev.carillon.events;

import org.jspecify.annotations.Nullable;

/**
 * What one receiver made of one event.
 *
 * @param receiver the receiver
 * @param value what it answered; null for a receiver without a response, and for one that failed
 * @param failure what it threw; null when it did its work
 */
public record Response(
        Subscription receiver,
        @Nullable Object value,
        @Nullable Throwable failure) {

    /** The receiver's name, see {@link Subscription#receiverName()}. */
    public String receiverName() {
        return receiver.receiverName();
    }

    /** Without what it answered or said: that may be data of the event. */
    @Override
    public String toString() {
        return "Response[" + receiverName()
                + (failure != null
                        ? ", failed with " + failure.getClass().getName()
                        : value == null ? "" : ", " + value.getClass().getName())
                + "]";
    }

    /** Whether the receiver threw. */
    public boolean failed() {
        return failure != null;
    }
}
