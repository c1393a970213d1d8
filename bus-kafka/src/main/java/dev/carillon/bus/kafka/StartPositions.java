package dev.carillon.bus.kafka;

import dev.carillon.bus.GroupIncident;
import dev.carillon.bus.StartAt;
import dev.carillon.bus.spi.SourceListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where reading starts in partitions in which the group has no position, or one that Kafka no longer has. */
final class StartPositions {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final Consumer<byte[], byte[]> consumer;
    private final SourceOptions options;
    private final SourceListener listener;
    private final Duration patience;
    private final Map<TopicPartition, GroupBirth> births = new HashMap<>();

    StartPositions(
            Consumer<byte[], byte[]> consumer, SourceOptions options, SourceListener listener, Duration patience) {
        this.consumer = consumer;
        this.options = options;
        this.listener = listener;
        this.patience = patience;
    }

    /** Finds out since when the group wants these partitions, where that is not known yet. */
    void learn(Collection<TopicPartition> partitions) {
        Set<TopicPartition> unknown = new HashSet<>(partitions);
        unknown.removeAll(births.keySet());
        if (!unknown.isEmpty()) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(unknown, patience);
            unknown.forEach(partition -> births.put(
                    partition, GroupBirth.of(committed.get(partition)).orElse(GroupBirth.ofOld())));
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        births.keySet().removeAll(partitions);
    }

    /** What to commit when the group is finished with everything before the offset. */
    OffsetAndMetadata mark(TopicPartition partition, long offset) {
        return births.getOrDefault(partition, GroupBirth.ofOld()).mark(offset);
    }

    /** The group has no position in these partitions: gives it one, which is committed before anything is read. */
    void place(Collection<TopicPartition> partitions) {
        Map<String, List<TopicPartition>> byTopic = new HashMap<>();
        partitions.forEach(partition -> byTopic.computeIfAbsent(partition.topic(), absent -> new ArrayList<>())
                .add(partition));
        byTopic.forEach(this::place);
    }

    private void place(String topic, List<TopicPartition> partitions) {
        Set<TopicPartition> all = new HashSet<>();
        consumer.partitionsFor(topic, patience).forEach(info -> all.add(new TopicPartition(topic, info.partition())));
        all.addAll(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all, patience);
        boolean exists = committed.values().stream().anyMatch(java.util.Objects::nonNull);
        boolean own = options.spec().ownTopics().contains(topic);
        GroupBirth birth = exists
                ? GroupBirth.earliest(committed.values()).orElse(GroupBirth.ofOld())
                : birth(options.spec().startAt(topic));
        Map<TopicPartition, Long> offsets = exists || own ? since(birth, partitions) : start(birth, partitions);
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            births.put(partition, birth);
            marks.put(partition, birth.mark(offset));
        });
        consumer.commitSync(marks, patience);
        offsets.forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            LOG.info("Group {} starts at {} in partition {}", options.spec().group(), offset, partition);
        });
    }

    private static GroupBirth birth(StartAt startAt) {
        if (startAt instanceof StartAt.Time time) {
            return GroupBirth.at(time.time());
        }
        return startAt == StartAt.latest() ? GroupBirth.at(Clock.systemUTC().instant()) : GroupBirth.ofOld();
    }

    private Map<TopicPartition, Long> start(GroupBirth birth, List<TopicPartition> partitions) {
        if (options.spec().startAt() == StartAt.latest()) {
            return consumer.endOffsets(partitions, patience);
        }
        Map<TopicPartition, Long> offsets = since(birth, partitions);
        Position after = options.after();
        if (after != null) {
            offsets.replaceAll((partition, offset) ->
                    partition.partition() == after.partition() ? Long.valueOf(after.offset() + 1) : offset);
        }
        return offsets;
    }

    /** The first messages of this time or later; the ends, where there are none. */
    private Map<TopicPartition, Long> since(GroupBirth birth, List<TopicPartition> partitions) {
        if (birth.equals(GroupBirth.ofOld())) {
            return new HashMap<>(consumer.beginningOffsets(partitions, patience));
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, birth.millis()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, patience);
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions, patience));
        found.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    /** Kafka no longer has what stands at these offsets: reports the loss, and goes on with the oldest that it has. */
    void recover(Map<TopicPartition, Long> lost) {
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(lost.keySet(), patience);
        oldest.forEach((partition, next) -> {
            long position = lost.getOrDefault(partition, next);
            consumer.seek(partition, next);
            boolean trimmed = next > position;
            listener.incident(new GroupIncident(
                    trimmed ? GroupIncident.Kind.TRIMMED : GroupIncident.Kind.GROUP_RECREATED,
                    partition.topic(),
                    options.spec().group(),
                    trimmed ? next - position : -1,
                    trimmed
                            ? "partition " + partition.partition() + ": the group stood at " + position
                                    + ", but the oldest message left is " + next
                                    + " (a longer retention of the topic keeps more)"
                            : "partition " + partition.partition() + ": the group stood at " + position
                                    + ", where the topic has nothing yet: it was made anew, or lost its end; going on at "
                                    + next));
        });
    }
}
