package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import java.util.Set;

/**
 * A group that one consumer reads: what all the parts of a source share.
 *
 * @param group the group
 * @param options how to read it
 * @param ownTopics the topics that are the group's alone
 * @param link the connection
 * @param commands the commands of the consumer
 * @param members which members know of leases
 * @param listener hears of incidents
 */
record GroupScope(
        String group,
        SourceOptions options,
        Set<String> ownTopics,
        RedisLink link,
        StreamCommands commands,
        Members members,
        SourceListener listener) {

    /** The id behind which the group begins in a topic where there is none. */
    String start(TopicState topic) {
        return ownTopics.contains(topic.name()) ? StreamId.ZERO.toString() : options.start();
    }

    /** Whether this is another member that knows of leases: it does not read any more. */
    boolean isFormerMember(String consumer) {
        return !consumer.equals(options.consumer()) && members.knowsLeases(consumer);
    }

    void tell(GroupIncident.Kind kind, TopicState topic, long messages, String detail) {
        listener.incident(new GroupIncident(kind, topic.name(), group, messages, detail));
    }

    /** For an error message. */
    String asked(String what, TopicState topic) {
        return what + " topic " + topic.name() + " for group " + group;
    }
}
