package dev.carillon.events;

/** A connected receiver. Closing it disconnects. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** The signal that the receiver is connected to. */
    Signal<?> signal();

    /**
     * The receiver's name in logs, results and dead letters: its id; else its class; else, for a lambda, a method reference or
     * an anonymous class, the class and method that connected it.
     */
    String receiverName();

    /** Whether this receiver object was connected, rather than an earlier one with the same id. */
    boolean isOf(Receiver<?> receiver);

    /** Whether it has not been disconnected. */
    boolean isConnected();

    /**
     * Stops delivery of further events to the receiver; a delivery in progress continues.
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
