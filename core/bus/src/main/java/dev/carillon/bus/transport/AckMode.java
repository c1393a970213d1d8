package dev.carillon.bus.transport;

/** How a broker is told that messages are finished with. */
public enum AckMode {
    /** Each message by itself, in any order. */
    INDIVIDUAL,
    /** Up to a message: one that finishes all before it in its topic and partition. */
    CUMULATIVE
}
