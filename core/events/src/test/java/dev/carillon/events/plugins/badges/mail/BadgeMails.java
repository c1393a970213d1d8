package dev.carillon.events.plugins.badges.mail;

import dev.carillon.events.plugins.badges.Badge;

/** Receivers in a sub-package. */
public final class BadgeMails {

    private BadgeMails() {}

    public static String send(Badge badge) {
        return "mail " + badge.learner();
    }
}
