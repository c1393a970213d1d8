package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import java.util.Set;

/**
 * One consumer of a group: what the parts of a {@link RedisSource} share.
 *
 * @param group the group
 * @param options the options of the consumer
 * @param ownTopics the topics that belong to this group alone, such as those for retries
 * @param redis the connection of the source
 * @param commands the commands of the consumer
 * @param members the members of the group that are known to respect leases
 * @param listener is notified of incidents
 */
record ConsumerContext(
        String group,
        SourceOptions options,
        Set<String> ownTopics,
        RedisCommandExecutor redis,
        StreamCommands commands,
        LeaseAwareMembers members,
        SourceListener listener) {

    /** Whether the topic belongs to this group alone. */
    boolean isOwn(TopicState topic) {
        return ownTopics.contains(topic.name());
    }

    /** The id after which a new group starts in a topic. */
    String start(TopicState topic) {
        return isOwn(topic) ? StreamId.ZERO.toString() : options.start();
    }

    /** Whether this is another consumer that respects leases. If this member has the lease, that one no longer reads. */
    boolean isFormerMember(String consumer) {
        return !consumer.equals(options.consumer()) && members.respectsLeases(consumer);
    }

    /** Reports an incident to the listener; -1 messages if their number is unknown. */
    void report(GroupIncident.Kind kind, TopicState topic, long messages, String detail) {
        listener.incident(new GroupIncident(kind, topic.name(), group, messages, detail));
    }

    /** An operation on a topic in words, for error messages. */
    String operation(String what, TopicState topic) {
        return what + " topic " + topic.name() + " for group " + group;
    }
}
