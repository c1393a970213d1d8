package dev.carillon.bus.spi;

/** An order to move a group, instead of reading for it. */
@FunctionalInterface
public interface GroupReset {

    /**
     * Moves the group; when this returns it has moved.
     *
     * @throws TransportException when the broker does not answer, or the group has members; nothing was moved, or only some
     *     topics, and the engine calls again
     */
    void apply();
}
