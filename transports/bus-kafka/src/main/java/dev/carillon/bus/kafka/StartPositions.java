package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.StartAt;
import java.time.Clock;
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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where reading starts in partitions in which the group has no position, or one that Kafka no longer has. */
final class StartPositions {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Consumer<byte[], byte[]> consumer;
    private final SourceOptions options;
    private final SourceListener listener;
    private final TopicWatch watch;
    private final Progress progress;
    private final Commits commits;
    private final Duration patience;
    private final TrimmedGaps gaps = new TrimmedGaps();
    private final Map<TopicPartition, GroupBirth> births = new HashMap<>();

    /** What was read of these was dropped, so that their positions are too far on. */
    private final Set<TopicPartition> doubted = new HashSet<>();

    private long nextNote = System.nanoTime();

    StartPositions(
            Consumer<byte[], byte[]> consumer,
            SourceOptions options,
            SourceListener listener,
            TopicWatch watch,
            Progress progress,
            Commits commits,
            Duration patience) {
        this.consumer = consumer;
        this.options = options;
        this.listener = listener;
        this.watch = watch;
        this.progress = progress;
        this.commits = commits;
        this.patience = patience;
    }

    /** These may belong to a topic that was made anew: what was read of them was dropped. */
    void doubt(Collection<TopicPartition> partitions) {
        doubted.addAll(partitions);
    }

    /**
     * Finds out since when the group wants these partitions, where that is not known yet, and whether they are those that it has
     * read. It starts at the beginning of those that are not, and goes back to where the group stands in those that were doubted
     * and are.
     *
     * @return what was read of these already must not be used: it stands at offsets of another topic of this name, or too far on
     */
    Set<TopicPartition> learn(Collection<TopicPartition> partitions) {
        noteOrigins(partitions);
        if (births.keySet().containsAll(partitions)) {
            return Set.of();
        }
        Set<TopicPartition> unknown = new HashSet<>(partitions);
        unknown.removeAll(births.keySet());
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(unknown, patience);
        Set<TopicPartition> moved = new HashSet<>();
        byTopic(unknown).forEach((topic, theirs) -> {
            String now = idNow(topic);
            Map<TopicPartition, GroupBirth> found = new HashMap<>();
            theirs.forEach(partition ->
                    found.put(partition, GroupBirth.of(committed.get(partition)).orElse(GroupBirth.ofOld())));
            List<TopicPartition> old = theirs.stream()
                    .filter(partition -> TopicWatch.isAnother(former(topic, found.get(partition)), now))
                    .toList();
            startAnew(topic, old, now);
            moved.addAll(old);
            found.keySet().removeAll(old);
            found.forEach((partition, birth) -> {
                OffsetAndMetadata at = committed.get(partition);
                if (doubted.contains(partition)) {
                    rewind(partition, at);
                    moved.add(partition);
                }
                births.putIfAbsent(partition, birth.in(now)); // one that was given a place has its birth
                if (at != null) {
                    progress.begin(partition, at.offset());
                }
            });
            watch.reads(topic, now);
        });
        doubted.removeAll(unknown);
        return moved;
    }

    /** To where the group stands; where it does not stand anywhere, it is given a place. */
    private void rewind(TopicPartition partition, @Nullable OffsetAndMetadata at) {
        if (at == null) {
            place(List.of(partition));
        } else {
            consumer.seek(partition, at.offset());
        }
    }

    private static Map<String, List<TopicPartition>> byTopic(Collection<TopicPartition> partitions) {
        Map<String, List<TopicPartition>> byTopic = new HashMap<>();
        partitions.forEach(partition -> byTopic.computeIfAbsent(partition.topic(), absent -> new ArrayList<>())
                .add(partition));
        return byTopic;
    }

    private String idNow(String topic) {
        return watch.now(List.of(topic)).getOrDefault(topic, "");
    }

    /** Of which topic the group knows what it has noted. */
    private String former(String topic, @Nullable GroupBirth noted) {
        return noted == null || noted.topicId().isEmpty() ? watch.id(topic) : noted.topicId();
    }

    /** The topic was deleted and made anew: reports that, and starts at its beginning. */
    private void startAnew(String topic, Collection<TopicPartition> partitions, String now) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, patience);
        start(GroupBirth.ofOld().in(now), beginnings);
        watch.reads(topic, now);
        report(
                GroupIncident.Kind.GROUP_RECREATED,
                topic,
                -1,
                "partitions "
                        + partitions.stream()
                                .map(TopicPartition::partition)
                                .sorted()
                                .toList()
                        + ": the topic was deleted and made anew; what the group had not read of the old one is lost, and"
                        + " the new one is read from its beginning");
    }

    /** Commits that before anything is read. */
    private void start(GroupBirth birth, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
        offsets.forEach((partition, offset) -> marks.put(partition, birth.mark(offset)));
        consumer.commitSync(marks, patience);
        gaps.forget(offsets.keySet());
        offsets.forEach((partition, offset) -> {
            births.put(partition, birth);
            progress.begin(partition, offset);
            consumer.seek(partition, offset);
            LOG.info("Group {} starts at {} in partition {}", options.spec().group(), offset, partition);
        });
    }

    /**
     * Notes in topics of the group's own which topics they belong to: should one of those be deleted, Kafka forgets what was noted
     * there. Not before the group has begun in such a topic, though, so that whoever begins there sees what was noted before.
     */
    private void noteOrigins(Collection<TopicPartition> partitions) {
        if (options.spec().ownTopics().isEmpty() || System.nanoTime() - nextNote < 0) {
            return;
        }
        nextNote = System.nanoTime() + NOTE_NANOS;
        byTopic(partitions).forEach((topic, theirs) -> {
            String origin = watch.id(options.origin(topic).orElse(""));
            theirs.removeIf(partition -> origin.isEmpty()
                    || !births.containsKey(partition)
                    || birth(partition).originId().equals(origin));
            if (!theirs.isEmpty()) {
                noteOrigin(theirs, origin, options.origin(topic).orElse(""));
            }
        });
    }

    private void noteOrigin(List<TopicPartition> own, String origin, String originTopic) {
        if (noted(all(originTopic)).stream().noneMatch(birth -> birth.topicId().equals(origin))) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
        consumer.committed(new HashSet<>(own), patience).forEach((partition, offset) -> {
            if (offset != null) {
                GroupBirth birth = birth(partition).beside(origin);
                births.put(partition, birth);
                marks.put(partition, mark(partition, offset.offset()));
            }
        });
        if (!marks.isEmpty()) {
            consumer.commitSync(marks, patience);
        }
    }

    private List<GroupBirth> noted(Set<TopicPartition> partitions) {
        return GroupBirth.all(consumer.committed(partitions, patience).values());
    }

    private GroupBirth birth(TopicPartition partition) {
        return births.getOrDefault(partition, GroupBirth.ofOld());
    }

    private Set<TopicPartition> all(String topic) {
        Set<TopicPartition> all = new HashSet<>();
        consumer.partitionsFor(topic, patience).forEach(info -> all.add(new TopicPartition(topic, info.partition())));
        return all;
    }

    void forget(Collection<TopicPartition> partitions) {
        births.keySet().removeAll(partitions);
        doubted.removeAll(partitions);
        gaps.forget(partitions);
    }

    /**
     * The group is finished with everything up to this message.
     *
     * @return what to commit; null where that would set back whoever has the partition: it is not ours any more, or was finished
     *     with further before
     */
    @Nullable
    OffsetAndMetadata finished(IncomingMessage message) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        long next = Position.parse(message.position()).offset() + 1;
        return births.containsKey(partition) && progress.finished(partition, next) ? mark(partition, next) : null;
    }

    /** What to commit when the group is finished with everything before the offset. */
    OffsetAndMetadata mark(TopicPartition partition, long offset) {
        return gaps.mark(partition, birth(partition), offset);
    }

    /** The group has no position in these partitions: gives it one, which is committed before anything is read. */
    void place(Collection<TopicPartition> partitions) {
        byTopic(partitions).forEach(this::place);
    }

    private void place(String topic, List<TopicPartition> partitions) {
        Set<TopicPartition> all = all(topic);
        all.addAll(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all, patience);
        String now = idNow(topic);
        List<GroupBirth> noted = GroupBirth.all(committed.values());
        boolean begun = noted.stream().anyMatch(birth -> birth.topicId().equals(now));
        if (!begun && TopicWatch.isAnother(former(topic, noted), now)) {
            startAnew(topic, partitions, now);
            return;
        }
        boolean exists = committed.values().stream().anyMatch(Objects::nonNull);
        boolean own = options.spec().ownTopics().contains(topic);
        GroupBirth birth = exists
                ? GroupBirth.earliest(committed.values()).orElse(GroupBirth.ofOld())
                : birth(options.spec().startAt(topic));
        start(birth.in(now), exists || own ? since(birth, partitions) : start(birth, partitions));
        watch.reads(topic, now);
    }

    /** Of which topic of this name the group knew last: by its offsets there, by what we read, or by its own topic beside it. */
    private String former(String topic, List<GroupBirth> noted) {
        for (GroupBirth birth : noted) {
            if (!birth.topicId().isEmpty()) {
                return birth.topicId();
            }
        }
        if (!watch.id(topic).isEmpty()) {
            return watch.id(topic);
        }
        return options.own(topic).stream()
                .flatMap(own -> noted(all(own)).stream())
                .map(GroupBirth::originId)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
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
        if (birth.isOld()) {
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

    /**
     * Kafka no longer has what stands at these offsets: reports the loss, and goes on with the oldest that it has.
     *
     * @return the partitions that were set back, to offsets before what is in flight of them
     */
    Set<TopicPartition> recover(Map<TopicPartition, Long> lost) {
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(lost.keySet(), patience);
        Set<TopicPartition> setBack = new HashSet<>();
        oldest.forEach((partition, next) -> {
            long position = lost.getOrDefault(partition, next);
            if (next > position) {
                goOnBehindGap(partition, position, next);
            } else {
                setBack.add(partition);
            }
        });
        byTopic(setBack).forEach((topic, partitions) -> {
            String now = idNow(topic);
            List<TopicPartition> another = partitions.stream()
                    .filter(partition -> TopicWatch.isAnother(former(topic, births.get(partition)), now))
                    .toList();
            startAnew(topic, another, now);
            partitions.stream()
                    .filter(partition -> !another.contains(partition))
                    .forEach(partition -> goBack(partition, oldest.getOrDefault(partition, 0L)));
        });
        return setBack;
    }

    /** What is in flight stands before the gap, and may be lost, too; but then whoever reads on reports that alone. */
    private void goOnBehindGap(TopicPartition partition, long position, long next) {
        @Nullable
        OffsetAndMetadata committed =
                consumer.committed(Set.of(partition), patience).get(partition);
        boolean isFirst = committed != null && committed.offset() == position;
        long reported = isFirst ? GroupBirth.reported(committed) : 0;
        consumer.seek(partition, next);
        report(
                GroupIncident.Kind.TRIMMED,
                partition.topic(),
                Math.max(0, next - position - reported),
                "partition " + partition.partition() + ": the group stood at " + position
                        + ", but the oldest message left is " + next
                        + (reported == 0 ? "" : ", and " + reported + " of those between were reported before")
                        + " (a longer retention of the topic keeps more)");
        gaps.found(partition, position, next);
        GroupBirth birth =
                births.getOrDefault(partition, GroupBirth.of(committed).orElse(GroupBirth.ofOld()));
        long finished = progress.finished(partition).orElse(position);
        commits.add(Map.of(partition, gaps.mark(partition, birth, finished)), () -> {});
    }

    private void goBack(TopicPartition partition, long next) {
        gaps.forget(Set.of(partition));
        consumer.seek(partition, next);
        progress.begin(partition, next);
        report(
                GroupIncident.Kind.GROUP_RECREATED,
                partition.topic(),
                -1,
                "partition " + partition.partition() + ": the group stood where the topic has nothing yet: it lost its"
                        + " end, or was made anew; going on at " + next);
    }

    private void report(GroupIncident.Kind kind, String topic, long messages, String detail) {
        listener.incident(new GroupIncident(kind, topic, options.spec().group(), messages, detail));
    }
}
