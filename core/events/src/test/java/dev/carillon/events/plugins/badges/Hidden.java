package dev.carillon.events.plugins.badges;

/** Not public. */
final class Hidden {

    private Hidden() {}

    public static String award(Badge badge) {
        return badge.learner();
    }
}
