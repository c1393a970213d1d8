package dev.carillon.events.plugins.badges;

/** Fails when loaded. */
public final class FailingInitializer {

    private static final int LEVELS = Integer.parseInt("many");

    private FailingInitializer() {}

    public static int award(Badge badge) {
        return LEVELS - badge.level();
    }
}
