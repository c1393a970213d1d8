package dev.carillon.bus;

/** What becomes of the events behind a dead letter, on the same key. */
public enum KeyPolicy {

    /** They are delivered. */
    CONTINUE,

    /**
     * The key is blocked: they are dead-lettered behind it, in order, until it was handled or discarded; also after a restart, and
     * by other members of the group.
     */
    BLOCK
}
