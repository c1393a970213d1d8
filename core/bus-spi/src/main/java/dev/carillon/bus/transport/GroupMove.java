package dev.carillon.bus.transport;

import java.util.List;
import java.util.OptionalLong;

/**
 * The effect of moving a group, provided that nothing changes until then.
 *
 * @param topic the topic: with prefix when returned by a transport, without when returned by {@code BusAdmin}
 * @param group the group
 * @param from the current position, in the broker's format
 * @param to the new position
 * @param redelivered the number of events that would be delivered again; empty when it cannot be determined
 * @param skipped the number of undelivered events that would be skipped; empty when it cannot be determined
 * @param pending the number of delivered but unacknowledged events that would count as acknowledged; those after the new
 *     position are delivered again
 * @param members the names of the active members, which prevent the group from being moved
 */
public record GroupMove(
        String topic,
        String group,
        String from,
        String to,
        OptionalLong redelivered,
        OptionalLong skipped,
        long pending,
        List<String> members) {

    /** Copies the list. */
    public GroupMove {
        members = List.copyOf(members);
    }

    /** The same with another name of the topic. */
    public GroupMove withTopic(String name) {
        return new GroupMove(name, group, from, to, redelivered, skipped, pending, members);
    }
}
