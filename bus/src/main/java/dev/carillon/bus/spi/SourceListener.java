package dev.carillon.bus.spi;

import dev.carillon.bus.GroupIncident;

/** Hears what a source noticed about its group. Called by the polling thread. */
@FunctionalInterface
public interface SourceListener {

    /** Messages were lost, or the group's position was moved by somebody else. */
    void incident(GroupIncident incident);
}
