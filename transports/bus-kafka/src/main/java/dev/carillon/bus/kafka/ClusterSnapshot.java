package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.TransportException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** A snapshot of some topics and of the groups that read them. Topics that do not exist are left out. */
final class ClusterSnapshot {

    private final TopicOffsets offsets;
    private final Map<String, TopicDescription> topics;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;
    private final Map<String, Map<TopicPartition, OffsetAndMetadata>> committed;
    private final Map<String, ConsumerGroupDescription> groups;

    ClusterSnapshot(AdminConnection connection, Collection<String> names) {
        this.offsets = new TopicOffsets(connection);
        this.topics = offsets.describe(names);
        List<TopicPartition> partitions = new ArrayList<>();
        topics.values().forEach(topic -> partitions.addAll(TopicOffsets.partitions(topic)));
        this.beginnings = offsets.beginnings(partitions);
        this.ends = offsets.ends(partitions);
        List<String> all = partitions.isEmpty() ? List.of() : groups(connection);
        this.committed = committed(connection, all, partitions);
        this.groups = describe(connection, all);
    }

    private static List<String> groups(AdminConnection connection) {
        return connection
                .call(
                        "list its groups",
                        admin -> admin.listGroups(ListGroupsOptions.forConsumerGroups())
                                .all())
                .stream()
                .map(GroupListing::groupId)
                .sorted()
                .toList();
    }

    private static Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(
            AdminConnection connection, List<String> groups, List<TopicPartition> partitions) {
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        groups.forEach(group -> specs.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)));
        return connection.call(
                "return the offsets of groups",
                admin -> admin.listConsumerGroupOffsets(specs).all());
    }

    private static Map<String, ConsumerGroupDescription> describe(AdminConnection connection, List<String> groups) {
        Map<String, ConsumerGroupDescription> described = new TreeMap<>();
        if (groups.isEmpty()) {
            return described;
        }
        Map<String, KafkaFuture<ConsumerGroupDescription>> futures = new HashMap<>();
        groups.forEach(group -> {
            try {
                described.put(group, connection.call("describe group " + group, admin -> {
                    if (futures.isEmpty()) {
                        futures.putAll(admin.describeConsumerGroups(groups).describedGroups());
                    }
                    return Objects.requireNonNull(futures.get(group), "one future per group");
                }));
            } catch (TransportException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        });
        return described;
    }

    /** The topics that exist, by name. */
    Map<String, TopicDescription> topics() {
        return topics;
    }

    /** The first offsets of a topic's partitions. */
    Map<TopicPartition, Long> beginnings(String topic) {
        return of(topic, beginnings);
    }

    /** The end offsets of a topic's partitions. */
    Map<TopicPartition, Long> ends(String topic) {
        return of(topic, ends);
    }

    private static <T> Map<TopicPartition, T> of(String topic, Map<TopicPartition, T> all) {
        Map<TopicPartition, T> some = new HashMap<>();
        all.forEach((partition, each) -> {
            if (partition.topic().equals(topic) && each != null) {
                some.put(partition, each);
            }
        });
        return some;
    }

    /** The number of messages in a topic, computed from offsets; markers of transactions and compacted records count. */
    long length(String topic) {
        Map<TopicPartition, Long> from = beginnings(topic);
        return ends(topic).entrySet().stream()
                .mapToLong(entry -> entry.getValue() - from.getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    /** The groups that have committed offsets in a topic, or have a member with one of its partitions. */
    List<String> groups(String topic) {
        return groups.keySet().stream()
                .filter(group -> !committed(topic, group).isEmpty()
                        || !membersReading(topic, group).isEmpty())
                .toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String topic, String group) {
        return of(topic, committed.getOrDefault(group, Map.of()));
    }

    /** The client ids of all members of a group. */
    List<String> members(String group) {
        return clientIds(group, false, "");
    }

    /** The client ids of the members with partitions of this topic. */
    List<String> membersReading(String topic, String group) {
        return clientIds(group, true, topic);
    }

    private List<String> clientIds(String group, boolean onlyReading, String topic) {
        ConsumerGroupDescription description = groups.get(group);
        return description == null
                ? List.of()
                : description.members().stream()
                        .filter(member -> !onlyReading || reads(member, topic))
                        .map(MemberDescription::clientId)
                        .sorted()
                        .toList();
    }

    private static boolean reads(MemberDescription member, String topic) {
        return member.assignment().topicPartitions().stream()
                .anyMatch(partition -> partition.topic().equals(topic));
    }

    /**
     * The offsets of a group in a topic. In a partition without a commit, a group of Carillon is where its consumers will start; the
     * offset of other groups is unknown, unless the partition is empty. May ask the broker.
     */
    GroupLag lag(String topic, String group) {
        Map<TopicPartition, OffsetAndMetadata> groupCommits = committed(topic, group);
        GroupLag lag = new GroupLag(groupCommits, new HashMap<>(), beginnings(topic), ends(topic));
        groupCommits.forEach((partition, offset) -> lag.next().put(partition, offset.offset()));
        List<TopicPartition> others = lag.ends().keySet().stream()
                .filter(partition -> !groupCommits.containsKey(partition))
                .toList();
        if (!others.isEmpty()) {
            lag.metadata()
                    .ifPresent(metadata -> lag.next()
                            .putAll(
                                    metadata.isSinceBeginning()
                                            ? of(others, lag.beginnings())
                                            : offsets.since(others, Instant.ofEpochMilli(metadata.sinceMillis()))));
            others.forEach(partition -> {
                long end = lag.ends().getOrDefault(partition, 0L);
                if (lag.beginnings().getOrDefault(partition, 0L) == end) {
                    lag.next().putIfAbsent(partition, end);
                }
            });
        }
        return lag;
    }

    private static Map<TopicPartition, Long> of(List<TopicPartition> partitions, Map<TopicPartition, Long> all) {
        Map<TopicPartition, Long> some = new HashMap<>();
        partitions.forEach(partition -> some.put(partition, all.getOrDefault(partition, 0L)));
        return some;
    }
}
