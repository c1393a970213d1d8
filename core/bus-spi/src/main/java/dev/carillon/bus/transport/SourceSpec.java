package dev.carillon.bus.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The topics and the group to read.
 *
 * @param topics the full topics, with their prefix; at least one
 * @param group the consumer group
 * @param consumerName this member's name in the group, stable across restarts; null for a unique name
 * @param startAt where a new group starts
 * @param extra further options of the transport, from the Python command's {@code --extra}
 * @param ownTopics those of the topics that belong to this group: the transport creates them if they do not exist, and a new
 *     group starts there at the oldest message, regardless of {@code startAt}; acknowledged messages may be removed if they
 *     {@linkplain dev.carillon.bus.transport.GroupTopics#isFor are for this group}
 */
public record SourceSpec(
        List<String> topics,
        String group,
        @Nullable String consumerName,
        StartAt startAt,
        Map<String, Object> extra,
        Set<String> ownTopics) {

    /** Copies the collections. */
    public SourceSpec {
        topics = List.copyOf(topics);
        extra = Map.copyOf(extra);
        ownTopics = Set.copyOf(ownTopics);
    }

    /** A specification without topics that belong to the group. */
    public SourceSpec(
            List<String> topics,
            String group,
            @Nullable String consumerName,
            StartAt startAt,
            Map<String, Object> extra) {
        this(topics, group, consumerName, startAt, extra, Set.of());
    }

    /** This specification with additional topics that belong to the group. */
    public SourceSpec withOwnTopics(Set<String> own) {
        List<String> all = new ArrayList<>(topics);
        own.stream().sorted().forEach(all::add);
        return new SourceSpec(all, group, consumerName, startAt, extra, own);
    }

    /** Where a new group starts in one of the topics. */
    public StartAt startAt(String topic) {
        return ownTopics.contains(topic) ? StartAt.earliest() : startAt;
    }
}
