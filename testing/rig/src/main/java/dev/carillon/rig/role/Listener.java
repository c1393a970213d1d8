package dev.carillon.rig.role;

/** The receivers of the trial. Each is judged for itself: what one has had is nothing to the others. */
public enum Listener {
    /** Works in an inbox; some events are poison to it. */
    EFFECT(true),
    /** Works in an inbox; has all {@link Troubled troubles} that code can have. */
    MIRROR(true),
    /** A lambda. */
    LAMBDA(false),
    /** Another lambda of the same class, connected in another method. */
    OTHER_LAMBDA(false),
    /** A class with a name. */
    LIST(false),
    /** Has another id after a deployment; some events are poison to it. */
    ARCHIVE(false);

    private final boolean effects;

    Listener(boolean effects) {
        this.effects = effects;
    }

    /** Whether it works in the database, where its effects can be counted. */
    public boolean hasEffects() {
        return effects;
    }
}
