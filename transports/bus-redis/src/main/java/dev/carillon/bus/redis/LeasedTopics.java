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
 * The ownership of a source that reads the topics whose lease it has, each with the group's own topics that belong to it. Closes
 * the lease keeper.
 */
final class LeasedTopics implements TopicOwnership {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedTopics.class);

    private final String group;
    private final LeaseKeeper leases;
    private final Map<String, List<TopicState>> byLeasedTopic = new LinkedHashMap<>();
    private final SourceListener listener;

    /** Takes the result of {@link #mainTopics} as its main topics. */
    LeasedTopics(
            String group,
            LeaseKeeper leases,
            Collection<TopicState> topics,
            Map<String, String> mainTopics,
            SourceListener listener) {
        this.group = group;
        this.leases = leases;
        this.listener = listener;
        for (TopicState topic : topics) {
            byLeasedTopic
                    .computeIfAbsent(mainTopics.getOrDefault(topic.name(), topic.name()), absent -> new ArrayList<>())
                    .add(topic);
        }
    }

    /** The topic to which each of the group's own topics belongs: its lease covers both. */
    static Map<String, String> mainTopics(Collection<String> topics, Set<String> own, String group) {
        Map<String, String> mainTopics = new LinkedHashMap<>();
        for (String each : own) {
            @Nullable String main = null;
            for (String topic : topics) {
                if (!own.contains(topic)
                        && each.startsWith(topic + "-" + group + "-")
                        && (main == null || topic.length() > main.length())) {
                    main = topic;
                }
            }
            if (main != null) {
                mainTopics.put(each, main);
            }
        }
        return mainTopics;
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public void start() {
        leases.start();
    }

    @Override
    public long acquisitions() {
        return leases.acquisitions();
    }

    @Override
    public void awaitAcquisition(long known, long timeoutNanos) {
        leases.awaitAcquisition(known, timeoutNanos);
    }

    @Override
    public void throwFailure() {
        leases.throwFailure();
    }

    @Override
    public void close() {
        leases.close();
    }

    @Override
    public void update(Consumer<Set<String>> drop) {
        for (Map.Entry<String, List<TopicState>> each : byLeasedTopic.entrySet()) {
            List<TopicState> topics = each.getValue();
            @Nullable Lease now = leases.lease(each.getKey());
            @Nullable Lease before = topics.get(0).lease();
            if (before != null && before != now) {
                LOG.warn(
                        "Lease of topic {} for group {} was lost: this member drops the messages that it has not started to"
                                + " handle, and becomes a standby",
                        each.getKey(),
                        group);
                topics.forEach(TopicState::lost);
                drop.accept(Set.copyOf(topics.stream().map(TopicState::name).toList()));
                listener.partitionsLost(topics.stream()
                        .map(topic -> new Partition(topic.name(), 0))
                        .toList());
            }
            if (now != null && before != now) {
                topics.forEach(topic -> topic.acquired(now));
            }
        }
    }
}
