package dev.carillon.events.plugins.badges;

/** Cannot be made without a name. */
public final class WithoutConstructor {

    private final String name;

    public WithoutConstructor(String name) {
        this.name = name;
    }

    public String award(Badge badge) {
        return name + badge.learner();
    }
}
