package dev.carillon.bus.transport;

/** Moves a group; a consumer runs it instead of reading. */
@FunctionalInterface
public interface GroupReset {

    /**
     * Moves the group; when this returns, the group has been moved.
     *
     * @throws TransportException when the broker does not respond; the engine waits and retries
     * @throws IllegalStateException when the group cannot be moved, for example because it has members
     */
    void apply();
}
