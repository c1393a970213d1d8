package dev.carillon.events.plugins.badges;

/** What a receiver may ask for instead of the data class itself. */
public interface Award {
    int level();
}
