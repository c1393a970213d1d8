package dev.carillon.events;

import org.jspecify.annotations.Nullable;

/**
 * What one receiver made of one event.
 *
 * @param receiverName the receiver's id, or its class
 * @param value what it answered; null for a receiver without a response, and for one that failed
 * @param failure what it threw; null when it did its work
 */
public record Response(
        String receiverName,
        @Nullable Object value,
        @Nullable Throwable failure) {

    /** Without what it answered or said: that may be data of the event. */
    @Override
    public String toString() {
        return "Response[" + receiverName
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
