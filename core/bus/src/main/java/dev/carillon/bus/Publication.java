package dev.carillon.bus;

import dev.carillon.events.Subscription;
import java.util.ArrayList;
import java.util.List;

/** Events being published as the settings say. Closing it ends that; events under way are still sent. */
public final class Publication implements AutoCloseable {

    private final Outbox outbox;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile boolean closed;

    Publication(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Before anybody else has it. */
    void add(Subscription subscription) {
        subscriptions.add(subscription);
    }

    /** This, for whoever wants the same to be published once more. */
    Publication with(Outbox asked) {
        if (!asked.equals(outbox)) {
            throw new IllegalStateException(
                    "This bus publishes with another outbox already: close what publishConfigured"
                            + " answered then, before it is given a new one");
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
