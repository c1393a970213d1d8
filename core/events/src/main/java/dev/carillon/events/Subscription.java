package dev.carillon.events;

/** A connected receiver. Closing it disconnects. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** The signal that the receiver hears. */
    Signal<?> signal();

    /**
     * The receiver's name in logs, results and dead letters: its id; else its class; else, for a lambda, a method reference or
     * an anonymous class, the class and method that connected it.
     */
    String receiverName();

    /** Whether it is this receiver object that was connected, and not one that stood under the same id before. */
    boolean isOf(Receiver<?> receiver);

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
