package dev.carillon.rig.service;

/** The receivers of a run. Each must get every event, and is judged separately. */
public enum ReceiverName {
    /** Uses an inbox; {@link PoisonedReceiver fails} for some events. */
    EFFECT(true),
    /** Uses an inbox; {@link MisbehavingReceiver misbehaves} while a fault is in effect. */
    MIRROR(true),
    /** A lambda. */
    LAMBDA(false),
    /** Another lambda of the same class, connected in another method. */
    OTHER_LAMBDA(false),
    /** An instance of a class. */
    LIST(false),
    /** Gets {@link RenamedReceiver another id} by a deployment; fails for some events. */
    ARCHIVE(false);

    private final boolean effects;

    ReceiverName(boolean effects) {
        this.effects = effects;
    }

    /** Whether it writes effects to the database, where they can be counted. */
    public boolean hasEffects() {
        return effects;
    }
}
