package dev.carillon.bus;

import dev.carillon.events.Subscription;
import java.util.List;

/** Events being published as the settings say. Closing it ends that; events under way are still sent. */
public final class Publication implements AutoCloseable {

    private final List<Subscription> subscriptions;

    Publication(List<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** The event types that are published, in the order of the settings. */
    public List<String> eventTypes() {
        return subscriptions.stream().map(each -> each.signal().eventType()).toList();
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::disconnect);
    }
}
