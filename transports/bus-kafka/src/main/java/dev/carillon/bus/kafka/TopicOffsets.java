package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Which partitions topics have, and where they begin, end, and stood at a time. */
final class TopicOffsets {

    private final AdminLink link;

    TopicOffsets(AdminLink link) {
        this.link = link;
    }

    /** Those of the topics that exist, by name, with what we may do with them. */
    Map<String, TopicDescription> describe(Collection<String> topics) {
        Map<String, TopicDescription> existing = new TreeMap<>();
        for (String topic : topics) {
            try {
                existing.put(topic, describe(topic));
            } catch (TransportException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return existing;
    }

    /** Throws a {@link TransportException}, also when it does not exist. */
    TopicDescription describe(String topic) {
        return link.ask(
                "describe topic " + topic,
                admin -> future(
                        admin.describeTopics(
                                        java.util.List.of(topic),
                                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                                .topicNameValues(),
                        topic));
    }

    private static <T> KafkaFuture<T> future(Map<String, KafkaFuture<T>> futures, String name) {
        return java.util.Objects.requireNonNull(futures.get(name), "the admin client answers for what it was asked");
    }

    static java.util.List<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
    }

    Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec.earliest());
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec.latest());
    }

    /** The first messages of this time or later; the ends, where there are none. */
    Map<TopicPartition, Long> since(Collection<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> found = list(partitions, OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli())));
        Map<TopicPartition, Long> since = new HashMap<>(ends(partitions));
        found.forEach((partition, offset) -> {
            if (offset >= 0) {
                since.put(partition, offset);
            }
        });
        return since;
    }

    private Map<TopicPartition, Long> list(Collection<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        link.ask(
                        "tell its offsets",
                        admin -> admin.listOffsets(asked, new ListOffsetsOptions(link.isolation()))
                                .all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** What to commit for a group that shall stand at an end of these partitions, or at a time. */
    Map<TopicPartition, OffsetAndMetadata> marks(Collection<TopicPartition> partitions, StartAt at) {
        GroupBirth birth;
        Map<TopicPartition, Long> offsets;
        if (at instanceof StartAt.Time time) {
            birth = GroupBirth.at(time.time());
            offsets = since(partitions, time.time());
        } else if (at == StartAt.earliest()) {
            birth = GroupBirth.ofOld();
            offsets = begins(partitions);
        } else if (at == StartAt.latest()) {
            birth = GroupBirth.at(Clock.systemUTC().instant());
            offsets = ends(partitions);
        } else {
            throw new IllegalArgumentException(at + " is no place in all partitions");
        }
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
        offsets.forEach((partition, offset) -> marks.put(partition, birth.mark(offset)));
        return marks;
    }
}
