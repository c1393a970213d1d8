package dev.carillon.events.plugins.badges;

/** The data of the events that the plugin hears. */
public record Badge(String learner, int level) implements Award {}
