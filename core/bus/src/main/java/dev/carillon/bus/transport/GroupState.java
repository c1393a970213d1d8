package dev.carillon.bus.transport;

import dev.carillon.bus.BusAdmin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a group is with a topic, as the broker showed it.
 *
 * @param topic the topic: with prefix from a transport, without from {@link BusAdmin}
 * @param group the group
 * @param members the names of the members that are alive; on Kafka those that have a part of the topic
 * @param lag how many events the group has not been given yet; on a broker that does not know what it gave, such as Kafka, how
 *     many it has not finished. Empty when the broker cannot tell
 * @param oldest how long ago the broker took the oldest event that the group has not finished; empty when it has finished all,
 *     and when the broker cannot tell
 * @param pending how many events the group was given and has not acknowledged, which are not among the lag; empty where the
 *     broker does not know what it gave
 * @param position behind which event the group stands, in the broker's own words
 * @param length how many events the topic holds
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

    /** Takes a copy. */
    public GroupState {
        members = List.copyOf(members);
    }

    /** The same under another name of the topic. */
    public GroupState withTopic(String name) {
        return new GroupState(name, group, members, lag, oldest, pending, position, length);
    }
}
