package dev.carillon.interop;

/** The way in which the values of a sample are chosen. */
enum Variant {
    /** Every optional component is present, and all values differ. */
    FULL,
    /** No optional component is present. */
    BARE,
    /** Optional records are present, without their optional components. */
    HOLLOW,
    /** Every optional component is present with the empty value of its type. */
    EMPTY,
    /** Long texts, large containers, the largest numbers. */
    LARGE,
    /** Rare characters, deprecated keys, unusual numbers, times far from UTC. */
    ODD,
    /** A random choice for each value. */
    MIXED,
    /** Another random choice for each value. */
    MIXED_AGAIN
}
