package dev.carillon.rig.fault;

/** Something that breaks in the ways of its {@link Kind}s. Calls do not overlap. */
public interface Breakable {

    /** Breaks it. */
    void breakBy(Kind kind);

    /** Mends what {@link #breakBy} did; does nothing where nothing is broken. */
    void mend(Kind kind);
}
