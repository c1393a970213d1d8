package dev.carillon.bus.jdbc;

/**
 * What happens to the events behind an event that cannot be published. The event itself is dead-lettered either way. Events with
 * other keys are never affected.
 */
public enum OnUnpublishable {
    /** The events behind it are published. */
    SKIP,
    /**
     * The events behind it with the same topic and key wait until it is redriven or discarded. Without keys, all events of the topic
     * that have no key wait.
     */
    BLOCK
}
