package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.TransportException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** One look at some topics, and at where groups stand in them. Topics that do not exist are not in it. */
final class KafkaLook {

    private final TopicOffsets offsets;
    private final Map<String, TopicDescription> topics;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> ends;
    private final Map<String, Map<TopicPartition, OffsetAndMetadata>> committed;
    private final Map<String, ConsumerGroupDescription> groups;

    KafkaLook(AdminLink link, Collection<String> names) {
        this.offsets = new TopicOffsets(link);
        this.topics = offsets.describe(names);
        List<TopicPartition> partitions = new ArrayList<>();
        topics.values().forEach(topic -> partitions.addAll(TopicOffsets.partitions(topic)));
        this.begins = offsets.begins(partitions);
        this.ends = offsets.ends(partitions);
        List<String> all = partitions.isEmpty() ? List.of() : groups(link);
        this.committed = committed(link, all, partitions);
        this.groups = describe(link, all);
    }

    private static List<String> groups(AdminLink link) {
        return link
                .ask(
                        "list its groups",
                        admin -> admin.listGroups(ListGroupsOptions.forConsumerGroups())
                                .all())
                .stream()
                .map(GroupListing::groupId)
                .sorted()
                .toList();
    }

    private static Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(
            AdminLink link, List<String> groups, List<TopicPartition> partitions) {
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<String, ListConsumerGroupOffsetsSpec> asked = new HashMap<>();
        groups.forEach(group -> asked.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)));
        return link.ask(
                "tell the offsets of groups",
                admin -> admin.listConsumerGroupOffsets(asked).all());
    }

    private static Map<String, ConsumerGroupDescription> describe(AdminLink link, List<String> groups) {
        Map<String, ConsumerGroupDescription> described = new TreeMap<>();
        if (groups.isEmpty()) {
            return described;
        }
        Map<String, KafkaFuture<ConsumerGroupDescription>> answers = new HashMap<>();
        groups.forEach(group -> {
            try {
                described.put(group, link.ask("describe group " + group, admin -> {
                    if (answers.isEmpty()) {
                        answers.putAll(admin.describeConsumerGroups(groups).describedGroups());
                    }
                    return java.util.Objects.requireNonNull(answers.get(group), "it answers for what it was asked");
                }));
            } catch (TransportException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        });
        return described;
    }

    /** The topics that there are, by name. */
    Map<String, TopicDescription> topics() {
        return topics;
    }

    /** The partitions of a topic, with where they begin. */
    Map<TopicPartition, Long> begins(String topic) {
        return of(topic, begins);
    }

    /** The partitions of a topic, with where they end. */
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

    /** How many messages a topic holds, as far as offsets tell. */
    long length(String topic) {
        Map<TopicPartition, Long> from = begins(topic);
        return ends(topic).entrySet().stream()
                .mapToLong(entry -> entry.getValue() - from.getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    /** The groups that committed something in a topic, or have a part of it. */
    List<String> groups(String topic) {
        return groups.keySet().stream()
                .filter(group -> !committed(topic, group).isEmpty()
                        || !membersWith(topic, group).isEmpty())
                .toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String topic, String group) {
        return of(topic, committed.getOrDefault(group, Map.of()));
    }

    /** The names of all members of a group. */
    List<String> members(String group) {
        return names(group, false, "");
    }

    /** The names of those that have a part of this topic. */
    List<String> membersWith(String topic, String group) {
        return names(group, true, topic);
    }

    private List<String> names(String group, boolean onlyWith, String topic) {
        ConsumerGroupDescription description = groups.get(group);
        return description == null
                ? List.of()
                : description.members().stream()
                        .filter(member -> !onlyWith || has(member, topic))
                        .map(MemberDescription::clientId)
                        .sorted()
                        .toList();
    }

    private static boolean has(MemberDescription member, String topic) {
        return member.assignment().topicPartitions().stream()
                .anyMatch(partition -> partition.topic().equals(topic));
    }

    /**
     * Where a group stands. In a partition where it committed nothing it stands where our consumers begin, when it was one of
     * them that committed elsewhere; where it was not, only that of an empty partition can be told.
     */
    GroupStanding standing(String topic, String group) {
        Map<TopicPartition, OffsetAndMetadata> known = committed(topic, group);
        GroupStanding standing = new GroupStanding(known, new HashMap<>(), begins(topic), ends(topic));
        known.forEach((partition, offset) -> standing.next().put(partition, offset.offset()));
        List<TopicPartition> others = standing.ends().keySet().stream()
                .filter(partition -> !known.containsKey(partition))
                .toList();
        if (!others.isEmpty()) {
            standing.birth()
                    .ifPresent(birth -> standing.next()
                            .putAll(
                                    birth.isOld()
                                            ? of(others, standing.begins())
                                            : offsets.since(others, Instant.ofEpochMilli(birth.millis()))));
            others.forEach(partition -> {
                long end = standing.ends().getOrDefault(partition, 0L);
                if (standing.begins().getOrDefault(partition, 0L) == end) {
                    standing.next().putIfAbsent(partition, end);
                }
            });
        }
        return standing;
    }

    private static Map<TopicPartition, Long> of(List<TopicPartition> partitions, Map<TopicPartition, Long> all) {
        Map<TopicPartition, Long> some = new HashMap<>();
        partitions.forEach(partition -> some.put(partition, all.getOrDefault(partition, 0L)));
        return some;
    }
}
