package dev.carillon.bus.redis;

import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of its topics a source may read now: those whose lease it has, and the group's own topics with them. For the polling
 * thread.
 */
final class Ownership {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private final String group;
    private final Leases leases;
    private final Map<String, List<TopicState>> byLease = new LinkedHashMap<>();
    private final SourceListener listener;

    Ownership(
            String group,
            Leases leases,
            Collection<TopicState> topics,
            Map<String, String> leasedWith,
            SourceListener listener) {
        this.group = group;
        this.leases = leases;
        this.listener = listener;
        for (TopicState topic : topics) {
            byLease.computeIfAbsent(leasedWith.getOrDefault(topic.name(), topic.name()), absent -> new ArrayList<>())
                    .add(topic);
        }
    }

    /** For each topic of the group's own, the topic that it stands beside, whose lease counts for both. */
    static Map<String, String> leasedWith(Collection<String> topics, Set<String> own, String group) {
        Map<String, String> leasedWith = new LinkedHashMap<>();
        for (String each : own) {
            @Nullable String beside = null;
            for (String topic : topics) {
                if (!own.contains(topic)
                        && each.startsWith(topic + "-" + group + "-")
                        && (beside == null || topic.length() > beside.length())) {
                    beside = topic;
                }
            }
            if (beside != null) {
                leasedWith.put(each, beside);
            }
        }
        return leasedWith;
    }

    /**
     * Lets go of topics whose lease is over, and begins with those that we have a new one of.
     *
     * @param drop lets go of what was read of these topics
     */
    void update(Consumer<Set<String>> drop) {
        for (Map.Entry<String, List<TopicState>> each : byLease.entrySet()) {
            List<TopicState> topics = each.getValue();
            @Nullable Grant now = leases.grant(each.getKey());
            @Nullable Grant before = topics.get(0).grant();
            if (before != null && before != now) {
                LOG.warn(
                        "Group {} lost its lease of topic {}: drops what it has not begun with, and becomes a standby",
                        group,
                        each.getKey());
                topics.forEach(TopicState::lost);
                drop.accept(Set.copyOf(topics.stream().map(TopicState::name).toList()));
                listener.partitionsLost(topics.stream()
                        .map(topic -> new Partition(topic.name(), 0))
                        .toList());
            }
            if (now != null && before != now) {
                topics.forEach(topic -> topic.granted(now));
            }
        }
    }
}
