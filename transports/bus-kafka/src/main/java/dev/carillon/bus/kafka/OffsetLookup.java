package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.StartAt;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker for the offsets at which a group starts. For the polling thread; each call may take as long as the timeout. */
final class OffsetLookup {

    private final Consumer<byte[], byte[]> consumer;
    private final SourceOptions options;
    private final Duration timeout;

    OffsetLookup(Consumer<byte[], byte[]> consumer, SourceOptions options, Duration timeout) {
        this.consumer = consumer;
        this.options = options;
        this.timeout = timeout;
    }

    /** What to commit with the first offsets of a group that starts there. */
    static CommitMetadata metadataOfNewGroup(StartAt startAt) {
        if (startAt instanceof StartAt.Time time) {
            return CommitMetadata.since(time.time());
        }
        return startAt == StartAt.latest()
                ? CommitMetadata.since(Clock.systemUTC().instant())
                : CommitMetadata.sinceBeginning();
    }

    Set<TopicPartition> allPartitions(String topic) {
        Set<TopicPartition> all = new HashSet<>();
        consumer.partitionsFor(topic, timeout).forEach(info -> all.add(new TopicPartition(topic, info.partition())));
        return all;
    }

    /** What Carillon committed with the group's offsets in a topic. */
    List<CommitMetadata> committedMetadata(String topic) {
        return CommitMetadata.parseAll(
                consumer.committed(allPartitions(topic), timeout).values());
    }

    /** Where a group without any committed offset starts. */
    Map<TopicPartition, Long> offsetsOfNewGroup(CommitMetadata wanted, List<TopicPartition> partitions) {
        if (options.spec().startAt() == StartAt.latest()) {
            return consumer.endOffsets(partitions, timeout);
        }
        Map<TopicPartition, Long> offsets = offsetsSince(wanted, partitions);
        RecordPosition after = options.after();
        if (after != null) {
            offsets.replaceAll((partition, offset) ->
                    partition.partition() == after.partition() ? Long.valueOf(after.offset() + 1) : offset);
        }
        return offsets;
    }

    /** The first messages of the wanted time or later; the ends of partitions without any. */
    Map<TopicPartition, Long> offsetsSince(CommitMetadata wanted, List<TopicPartition> partitions) {
        if (wanted.isSinceBeginning()) {
            return new HashMap<>(consumer.beginningOffsets(partitions, timeout));
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, wanted.sinceMillis()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, timeout);
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions, timeout));
        found.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }
}
