package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The partitions of topics, and their offsets: first, last, and at a time. */
final class TopicOffsets {

    private final AdminConnection connection;

    TopicOffsets(AdminConnection connection) {
        this.connection = connection;
    }

    /** The topics that exist, by name, with the operations that this user may perform. */
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

    /** Throws a {@link TransportException}, also if the topic does not exist. */
    TopicDescription describe(String topic) {
        return connection.call(
                "describe topic " + topic,
                admin -> future(
                        admin.describeTopics(
                                        List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                                .topicNameValues(),
                        topic));
    }

    private static <T> KafkaFuture<T> future(Map<String, KafkaFuture<T>> futures, String name) {
        return Objects.requireNonNull(futures.get(name), "one future per topic");
    }

    static List<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
    }

    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec.earliest());
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return list(partitions, OffsetSpec.latest());
    }

    /** The first messages of this time or later; the ends of partitions without any. */
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
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        connection
                .call(
                        "return its offsets",
                        admin -> admin.listOffsets(specs, new ListOffsetsOptions(connection.isolation()))
                                .all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** What to commit to move a group to the beginning or end of these partitions, or to a time. */
    Map<TopicPartition, OffsetAndMetadata> commitsAt(Collection<TopicPartition> partitions, StartAt at) {
        CommitMetadata metadata;
        Map<TopicPartition, Long> offsets;
        if (at instanceof StartAt.Time time) {
            metadata = CommitMetadata.since(time.time());
            offsets = since(partitions, time.time());
        } else if (at == StartAt.earliest()) {
            metadata = CommitMetadata.sinceBeginning();
            offsets = beginnings(partitions);
        } else if (at == StartAt.latest()) {
            metadata = CommitMetadata.since(Clock.systemUTC().instant());
            offsets = ends(partitions);
        } else {
            throw new IllegalArgumentException(at + " is not a place in all partitions");
        }
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        offsets.forEach((partition, offset) -> commits.put(partition, metadata.commitFor(offset)));
        return commits;
    }
}
