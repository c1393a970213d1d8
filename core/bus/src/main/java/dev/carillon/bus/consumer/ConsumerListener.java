package dev.carillon.bus.consumer;

import dev.carillon.bus.transport.GroupIncident;

/** Is notified of incidents, for the application's own alerts and metrics. Called by the polling thread; must not block. */
@FunctionalInterface
public interface ConsumerListener {

    /** Messages were lost, or another client moved the group. */
    void incident(GroupIncident incident);
}
