package dev.carillon.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one event at one receiver.
 *
 * @param receiver the receiver
 * @param value the receiver's response; null for a receiver without a response, and for one that failed
 * @param failure the exception thrown; null on success
 * @param nanos how long the receiver took, in nanoseconds
 */
public record Response(
        Subscription receiver,
        @Nullable Object value,
        @Nullable Throwable failure,
        long nanos) {

    /** How long the receiver took. */
    public Duration duration() {
        return Duration.ofNanos(nanos);
    }

    /** The receiver's name, see {@link Subscription#receiverName()}. */
    public String receiverName() {
        return receiver.receiverName();
    }

    /** Without the response value and the exception's message, which may contain event data. */
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
