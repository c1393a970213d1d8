package dev.carillon.bus.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to read.
 *
 * @param topics the full topics, with their prefix; at least one
 * @param group the consumer group
 * @param consumerName this member's name in the group, stable across restarts; null: one that nobody else has
 * @param startAt where a group begins that does not exist yet
 * @param extra further options of the transport, from the Python command's {@code --extra}
 * @param ownTopics those of the topics that are this group's own: the transport makes them where there are none, and a new
 *     group begins there at the oldest message, whatever {@code startAt} says; what is acknowledged may be removed, if it
 *     {@linkplain dev.carillon.bus.transport.GroupTopics#isFor is for this group}
 */
public record SourceSpec(
        List<String> topics,
        String group,
        @Nullable String consumerName,
        StartAt startAt,
        Map<String, Object> extra,
        Set<String> ownTopics) {

    /** Takes copies. */
    public SourceSpec {
        topics = List.copyOf(topics);
        extra = Map.copyOf(extra);
        ownTopics = Set.copyOf(ownTopics);
    }

    /** Without topics of the group's own. */
    public SourceSpec(
            List<String> topics,
            String group,
            @Nullable String consumerName,
            StartAt startAt,
            Map<String, Object> extra) {
        this(topics, group, consumerName, startAt, extra, Set.of());
    }

    /** This specification, with these topics of the group's own besides. */
    public SourceSpec withOwnTopics(Set<String> own) {
        List<String> all = new ArrayList<>(topics);
        own.stream().sorted().forEach(all::add);
        return new SourceSpec(all, group, consumerName, startAt, extra, own);
    }

    /** Where a new group begins in one of the topics. */
    public StartAt startAt(String topic) {
        return ownTopics.contains(topic) ? StartAt.earliest() : startAt;
    }
}
