package dev.carillon.bus.jdbc;

/** What an event that cannot be published does to those behind it on its topic and key. */
public enum OnUnpublishable {
    /** It is parked, and they go on. */
    SKIP,
    /**
     * It is parked, and they wait until it is released or discarded. Those of other keys go on. Where events have no key, all
     * keyless ones of the topic wait.
     */
    HOLD
}
