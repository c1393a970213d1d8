package dev.carillon.bus.transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of a group for one topic, as the broker reported it.
 *
 * @param topic the topic: with prefix when returned by a transport, without when returned by {@code BusAdmin}
 * @param group the group
 * @param members the names of the active members; on Kafka those that are assigned a partition of the topic
 * @param lag the number of events that have not been delivered to the group yet; on a broker that does not track deliveries,
 *     such as Kafka, the number that the group has not finished. Empty when the broker cannot determine it
 * @param oldest how long ago the broker received the oldest event that the group has not finished; empty when the group has
 *     finished all events, or when the broker cannot determine it
 * @param pending the number of events that were delivered to the group but not acknowledged; they are not part of the lag.
 *     Empty when the broker does not track deliveries
 * @param position the position of the group, just after this event, in the broker's format
 * @param length the number of events in the topic
 */
public record GroupState(
        String topic,
        String group,
        List<String> members,
        OptionalLong lag,
        Optional<Duration> oldest,
        OptionalLong pending,
        String position,
        long length) {

    /** Copies the list. */
    public GroupState {
        members = List.copyOf(members);
    }

    /** The same with another name of the topic. */
    public GroupState withTopic(String name) {
        return new GroupState(name, group, members, lag, oldest, pending, position, length);
    }
}
