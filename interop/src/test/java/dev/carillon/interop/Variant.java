package dev.carillon.interop;

/** What is special about a sample. */
enum Variant {
    /** Every optional component is there, and every value is another one. */
    FULL,
    /** No optional component is there. */
    BARE,
    /** Optional records are there, and nothing optional in them. */
    HOLLOW,
    /** Every optional component is there and holds the empty value of its type. */
    EMPTY,
    /** Long texts, large containers, the largest numbers. */
    LARGE,
    /** Rare characters, old keys, odd numbers, times far from UTC. */
    ODD,
    /** Chance decides. */
    MIXED,
    /** Chance decides once more. */
    MIXED_AGAIN
}
