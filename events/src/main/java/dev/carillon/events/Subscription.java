package dev.carillon.events;

/** A connected receiver. Closing it disconnects. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** The signal that the receiver hears. */
    Signal<?> signal();

    /** The receiver's name in logs and results: its id, or its class. */
    String receiverName();

    /**
     * Stops the receiver from hearing further events; one that is being delivered goes on.
     *
     * @return whether it was still connected
     */
    boolean disconnect();

    /** The same as {@link #disconnect()}. */
    @Override
    default void close() {
        disconnect();
    }
}
