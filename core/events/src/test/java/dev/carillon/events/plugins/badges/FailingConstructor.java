package dev.carillon.events.plugins.badges;

/** Fails when made. */
public final class FailingConstructor {

    public FailingConstructor() {
        throw new IllegalStateException("no templates");
    }

    public String award(Badge badge) {
        return badge.learner();
    }
}
