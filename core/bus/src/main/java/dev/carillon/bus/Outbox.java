package dev.carillon.bus;

/**
 * Takes events instead of the broker, within the caller's transaction: they are published when it has committed, and never when
 * it is rolled back. {@code carillon-bus-jdbc} has one.
 */
@FunctionalInterface
public interface Outbox {

    /**
     * Keeps an event. Called in the thread that sends the event, in its transaction.
     *
     * @throws RuntimeException when it cannot be kept: the caller's transaction must then not commit
     */
    void add(EncodedEvent event);
}
