package dev.carillon.bus.consumer;

import dev.carillon.bus.transport.GroupIncident;

/** Hears what a consumer notices, for alerts and metrics of the caller's. Called by the polling thread; must not block. */
@FunctionalInterface
public interface ConsumerListener {

    /** Messages were lost, or the group was moved by somebody else. */
    void incident(GroupIncident incident);
}
