package dev.carillon.bus;

/** What becomes of the events behind one that was dead-lettered, on the same key. */
public enum Poison {
    /** They go on. */
    SKIP,
    /**
     * They are dead-lettered behind it, in order, until it has been handled or discarded; also after a restart, and by other
     * members of the group.
     */
    HOLD
}
