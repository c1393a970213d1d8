package dev.carillon.events.plugins.badges;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;

/** Sends an event of its own for each that it hears. */
public final class Sending {

    private static final Signal<Badge> LOST = Signal.of("com.acme.badge.lost.v1", "badge", Badge.class);

    private final Events events;

    public Sending(Events events) {
        this.events = events;
    }

    public String award(Badge badge) {
        events.send(LOST, badge);
        return badge.learner();
    }
}
