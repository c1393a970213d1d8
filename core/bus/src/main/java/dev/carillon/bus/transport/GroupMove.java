package dev.carillon.bus.transport;

import dev.carillon.bus.BusAdmin;
import java.util.List;
import java.util.OptionalLong;

/**
 * What moving a group would do, if nothing happened in between.
 *
 * @param topic the topic: with prefix from a transport, without from {@link BusAdmin}
 * @param group the group
 * @param from where it stands, in the broker's own words
 * @param to where it would stand
 * @param again how many events would come that came already; empty when that cannot be told
 * @param passedOver how many events would not come any more that have not come yet; empty when that cannot be told
 * @param pending how many events that were given and not acknowledged would count as acknowledged; those of them that stand
 *     behind the new position come again
 * @param members the names of the members that are alive, which keep the group from being moved
 */
public record GroupMove(
        String topic,
        String group,
        String from,
        String to,
        OptionalLong again,
        OptionalLong passedOver,
        long pending,
        List<String> members) {

    /** Takes a copy. */
    public GroupMove {
        members = List.copyOf(members);
    }

    /** The same under another name of the topic. */
    public GroupMove withTopic(String name) {
        return new GroupMove(name, group, from, to, again, passedOver, pending, members);
    }
}
