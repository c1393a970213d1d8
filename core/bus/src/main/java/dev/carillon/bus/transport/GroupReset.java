package dev.carillon.bus.transport;

/** An order to move a group, instead of reading for it. */
@FunctionalInterface
public interface GroupReset {

    /**
     * Moves the group; when this returns it has moved.
     *
     * @throws TransportException when the broker does not answer; the engine waits and calls again
     * @throws IllegalStateException when the group cannot be moved, because it has members for example
     */
    void apply();
}
