package dev.carillon.bus;

import dev.carillon.events.Subscription;
import java.util.ArrayList;
import java.util.List;

/** Publishes events as the settings say, until it is closed; events in flight are still sent. */
public final class Publication implements AutoCloseable {

    private final Outbox outbox;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile boolean closed;

    Publication(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Adds a subscription, before the publication is shared. */
    void add(Subscription subscription) {
        subscriptions.add(subscription);
    }

    /** Returns this publication for a repeated request with the same outbox; throws for another outbox. */
    Publication with(Outbox requested) {
        if (!requested.equals(outbox)) {
            throw new IllegalStateException(
                    "This bus already publishes with another outbox: close the publication that publishConfigured"
                            + " returned before you pass a new outbox");
        }
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    /** The event types that are published, in the order of the settings. */
    public List<String> eventTypes() {
        return subscriptions.stream().map(each -> each.signal().eventType()).toList();
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(Subscription::disconnect);
    }
}
