package dev.carillon.events.plugins.badges;

/** Cannot be made at all. */
public abstract class Abstract {

    public String award(Badge badge) {
        return badge.learner();
    }
}
