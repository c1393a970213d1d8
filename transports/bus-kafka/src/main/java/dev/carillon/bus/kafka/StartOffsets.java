package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides from which offset a partition is read, and commits that offset before anything is read: where the group has no committed
 * offset, where Kafka has deleted the messages at the committed offset, and where the topic was deleted and recreated. For the
 * polling thread. Kafka's own exceptions reach the caller, which polls again.
 */
final class StartOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private static final long ORIGIN_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Consumer<byte[], byte[]> consumer;
    private final SourceOptions options;
    private final SourceListener listener;
    private final TopicIdTracker topicIds;
    private final ProcessedOffsets processed;
    private final OffsetCommitter committer;
    private final OffsetLookup lookup;
    private final Duration timeout;

    /** Has an entry for each partition whose start is decided. */
    private final Map<TopicPartition, CommitMetadata> metadata = new HashMap<>();

    /** Fetched records of these were dropped, so the consumer's position is too far ahead. */
    private final Set<TopicPartition> toVerify = new HashSet<>();

    private long nextOriginCheck = System.nanoTime();

    /** Each call to the broker may take as long as the timeout. */
    StartOffsets(
            Consumer<byte[], byte[]> consumer,
            SourceOptions options,
            SourceListener listener,
            TopicIdTracker topicIds,
            ProcessedOffsets processed,
            OffsetCommitter committer,
            Duration timeout) {
        this.consumer = consumer;
        this.options = options;
        this.listener = listener;
        this.topicIds = topicIds;
        this.processed = processed;
        this.committer = committer;
        this.lookup = new OffsetLookup(consumer, options, timeout);
        this.timeout = timeout;
    }

    /** The topics of these may have been recreated; their fetched records were dropped. The next initialize decides. */
    void verify(Collection<TopicPartition> partitions) {
        toVerify.addAll(partitions);
    }

    /**
     * Loads the committed offsets and metadata of newly assigned partitions. Partitions of a recreated topic are set to its
     * beginning; partitions to verify whose topic turns out to be the same are rewound to the committed offset.
     *
     * @return the partitions that were moved: their fetched records must be dropped
     */
    Set<TopicPartition> initialize(Collection<TopicPartition> partitions) {
        commitOrigins(partitions);
        if (metadata.keySet().containsAll(partitions)) {
            return Set.of();
        }
        Set<TopicPartition> unknown = new HashSet<>(partitions);
        unknown.removeAll(metadata.keySet());
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(unknown, timeout);
        Set<TopicPartition> moved = new HashSet<>();
        byTopic(unknown).forEach((topic, ofTopic) -> {
            String id = currentId(topic);
            Map<TopicPartition, CommitMetadata> found = new HashMap<>();
            ofTopic.forEach(partition -> found.put(
                    partition, CommitMetadata.parse(committed.get(partition)).orElse(CommitMetadata.sinceBeginning())));
            List<TopicPartition> recreated = ofTopic.stream()
                    .filter(partition -> TopicIdTracker.isDifferent(formerId(topic, found.get(partition)), id))
                    .toList();
            startRecreated(topic, recreated, id);
            moved.addAll(recreated);
            found.keySet().removeAll(recreated);
            found.forEach((partition, known) -> {
                OffsetAndMetadata at = committed.get(partition);
                if (toVerify.contains(partition)) {
                    rewind(partition, at);
                    moved.add(partition);
                }
                metadata.putIfAbsent(partition, known.withTopicId(id)); // rewind may have assigned a start
                if (at != null) {
                    processed.begin(partition, at.offset());
                }
            });
            topicIds.setId(topic, id);
        });
        toVerify.removeAll(unknown);
        return moved;
    }

    private void rewind(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        if (committed == null) {
            assign(List.of(partition));
        } else {
            consumer.seek(partition, committed.offset());
        }
    }

    private static Map<String, List<TopicPartition>> byTopic(Collection<TopicPartition> partitions) {
        Map<String, List<TopicPartition>> byTopic = new HashMap<>();
        partitions.forEach(partition -> byTopic.computeIfAbsent(partition.topic(), absent -> new ArrayList<>())
                .add(partition));
        return byTopic;
    }

    private String currentId(String topic) {
        return topicIds.currentIds(List.of(topic)).getOrDefault(topic, "");
    }

    /** The id of the topic that the committed offset belongs to; empty if unknown. */
    private String formerId(String topic, @Nullable CommitMetadata committed) {
        return committed == null || committed.topicId().isEmpty() ? topicIds.id(topic) : committed.topicId();
    }

    /** Reports that the topic was recreated, and starts at its beginning. */
    private void startRecreated(String topic, Collection<TopicPartition> partitions, String id) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, timeout);
        start(CommitMetadata.sinceBeginning().withTopicId(id), beginnings);
        topicIds.setId(topic, id);
        report(
                GroupIncident.Kind.GROUP_RECREATED,
                topic,
                -1,
                "partitions "
                        + partitions.stream()
                                .map(TopicPartition::partition)
                                .sorted()
                                .toList()
                        + ": the topic was deleted and recreated; messages of the old topic that the group had not read are"
                        + " lost, and the new topic is read from its beginning");
    }

    /** Commits these offsets before anything is read, and moves the consumer there. */
    private void start(CommitMetadata known, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        offsets.forEach((partition, offset) -> commits.put(partition, known.commitFor(offset)));
        consumer.commitSync(commits, timeout);
        processed.forgetGaps(offsets.keySet());
        offsets.forEach((partition, offset) -> {
            metadata.put(partition, known);
            processed.begin(partition, offset);
            consumer.seek(partition, offset);
            LOG.info(
                    "Group {} starts at offset {} of partition {}",
                    options.spec().group(),
                    offset,
                    partition);
        });
    }

    /**
     * Commits the ids of the origin topics with the offsets of retry topics, because Kafka deletes the offsets of a deleted topic.
     * Only after the group has committed in the origin topic: until then, a member that starts there needs the stored id.
     */
    private void commitOrigins(Collection<TopicPartition> partitions) {
        if (options.spec().ownTopics().isEmpty() || System.nanoTime() - nextOriginCheck < 0) {
            return;
        }
        nextOriginCheck = System.nanoTime() + ORIGIN_INTERVAL_NANOS;
        byTopic(partitions).forEach((topic, ofTopic) -> {
            String originId = topicIds.id(options.origin(topic).orElse(""));
            ofTopic.removeIf(partition -> originId.isEmpty()
                    || !metadata.containsKey(partition)
                    || metadata(partition).originId().equals(originId));
            if (!ofTopic.isEmpty()) {
                commitOrigin(ofTopic, originId, options.origin(topic).orElse(""));
            }
        });
    }

    private void commitOrigin(List<TopicPartition> ofRetryTopic, String originId, String origin) {
        if (lookup.committedMetadata(origin).stream()
                .noneMatch(committed -> committed.topicId().equals(originId))) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        consumer.committed(new HashSet<>(ofRetryTopic), timeout).forEach((partition, committed) -> {
            if (committed != null) {
                metadata.put(partition, metadata(partition).withOriginId(originId));
                commits.put(partition, commitFor(partition, committed.offset()));
            }
        });
        if (!commits.isEmpty()) {
            consumer.commitSync(commits, timeout);
        }
    }

    private CommitMetadata metadata(TopicPartition partition) {
        return metadata.getOrDefault(partition, CommitMetadata.sinceBeginning());
    }

    /** This member no longer owns these partitions. */
    void forget(Collection<TopicPartition> partitions) {
        metadata.keySet().removeAll(partitions);
        toVerify.removeAll(partitions);
    }

    /**
     * Everything up to this message is processed.
     *
     * @return what to commit; null if that would move the group back: this member no longer owns the partition, or has processed
     *     more of it already
     */
    @Nullable
    OffsetAndMetadata commitFor(IncomingMessage message) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        long next = RecordPosition.of(message).offset() + 1;
        return metadata.containsKey(partition) && processed.process(partition, next)
                ? commitFor(partition, next)
                : null;
    }

    /** What to commit when everything before the offset is processed. */
    OffsetAndMetadata commitFor(TopicPartition partition, long offset) {
        return processed.commitFor(partition, metadata(partition), offset);
    }

    /** Decides the start of partitions without a committed offset. */
    void assign(Collection<TopicPartition> partitions) {
        byTopic(partitions).forEach(this::assign);
    }

    private void assign(String topic, List<TopicPartition> partitions) {
        Set<TopicPartition> all = lookup.allPartitions(topic);
        all.addAll(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all, timeout);
        String id = currentId(topic);
        List<CommitMetadata> known = CommitMetadata.parseAll(committed.values());
        boolean hasStarted = known.stream().anyMatch(each -> each.topicId().equals(id));
        if (!hasStarted && TopicIdTracker.isDifferent(formerId(topic, known), id)) {
            startRecreated(topic, partitions, id);
            return;
        }
        boolean exists = committed.values().stream().anyMatch(Objects::nonNull);
        boolean own = options.spec().ownTopics().contains(topic);
        CommitMetadata wanted = exists
                ? CommitMetadata.earliest(committed.values()).orElse(CommitMetadata.sinceBeginning())
                : OffsetLookup.metadataOfNewGroup(options.spec().startAt(topic));
        start(
                wanted.withTopicId(id),
                exists || own ? lookup.offsetsSince(wanted, partitions) : lookup.offsetsOfNewGroup(wanted, partitions));
        topicIds.setId(topic, id);
    }

    /** The id that the group stored: in its commits there, in this member, or in its commits in the retry topic. */
    private String formerId(String topic, List<CommitMetadata> committed) {
        for (CommitMetadata each : committed) {
            if (!each.topicId().isEmpty()) {
                return each.topicId();
            }
        }
        if (!topicIds.id(topic).isEmpty()) {
            return topicIds.id(topic);
        }
        return options.retryTopic(topic).stream()
                .flatMap(retry -> lookup.committedMetadata(retry).stream())
                .map(CommitMetadata::originId)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
    }

    /**
     * Kafka has no messages at these offsets. Reports the loss, and continues at the oldest message.
     *
     * @return the partitions that were moved back: messages of them in flight no longer count
     */
    Set<TopicPartition> recover(Map<TopicPartition, Long> outOfRange) {
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(outOfRange.keySet(), timeout);
        Set<TopicPartition> movedBack = new HashSet<>();
        oldest.forEach((partition, next) -> {
            long position = outOfRange.getOrDefault(partition, next);
            if (next > position) {
                skipTrimmed(partition, position, next);
            } else {
                movedBack.add(partition);
            }
        });
        byTopic(movedBack).forEach((topic, partitions) -> {
            String id = currentId(topic);
            List<TopicPartition> recreated = partitions.stream()
                    .filter(partition -> TopicIdTracker.isDifferent(formerId(topic, metadata.get(partition)), id))
                    .toList();
            startRecreated(topic, recreated, id);
            partitions.stream()
                    .filter(partition -> !recreated.contains(partition))
                    .forEach(partition -> restart(partition, oldest.getOrDefault(partition, 0L)));
        });
        return movedBack;
    }

    /** Messages before the gap that are in flight may be trimmed, too: the next owner of the partition reports those. */
    private void skipTrimmed(TopicPartition partition, long position, long next) {
        @Nullable
        OffsetAndMetadata committed =
                consumer.committed(Set.of(partition), timeout).get(partition);
        boolean isCommitted = committed != null && committed.offset() == position;
        long reported = isCommitted ? CommitMetadata.reportedLost(committed) : 0;
        consumer.seek(partition, next);
        report(
                GroupIncident.Kind.TRIMMED,
                partition.topic(),
                Math.max(0, next - position - reported),
                "partition " + partition.partition() + ": the group was at offset " + position
                        + ", but the oldest message left is at " + next
                        + (reported == 0 ? "" : "; " + reported + " of the messages between were reported before")
                        + " (a longer retention of the topic keeps more)");
        processed.addGap(partition, position, next);
        CommitMetadata known = metadata.getOrDefault(
                partition, CommitMetadata.parse(committed).orElse(CommitMetadata.sinceBeginning()));
        long offset = processed.next(partition).orElse(position);
        committer.add(Map.of(partition, processed.commitFor(partition, known, offset)), () -> {});
    }

    private void restart(TopicPartition partition, long next) {
        processed.forgetGaps(Set.of(partition));
        consumer.seek(partition, next);
        processed.begin(partition, next);
        report(
                GroupIncident.Kind.GROUP_RECREATED,
                partition.topic(),
                -1,
                "partition " + partition.partition()
                        + ": the group's offset is beyond the end of the topic, which lost its"
                        + " newest messages or was recreated; continuing at offset " + next);
    }

    private void report(GroupIncident.Kind kind, String topic, long messages, String detail) {
        listener.incident(new GroupIncident(kind, topic, options.spec().group(), messages, detail));
    }
}
