package dev.carillon.bus.transport;

import java.time.Duration;
import java.util.Collection;

/** Hears what a source noticed about its group. Called by the polling thread, within a call of the source. */
@FunctionalInterface
public interface SourceListener {

    /** Messages were lost, or the group's position was moved by somebody else. */
    void incident(GroupIncident incident);

    /**
     * The group gives these partitions to another member, as soon as this returns: by then, what was read of them is
     * acknowledged (which calls the source) as far as it is finished with, and the rest is not worked on any more.
     *
     * @param patience how long the group waits
     */
    default void partitionsRevoked(Collection<Partition> partitions, Duration patience) {}

    /** These partitions are another member's already: what was read of them is not worked on, nor acknowledged, any more. */
    default void partitionsLost(Collection<Partition> partitions) {}
}
