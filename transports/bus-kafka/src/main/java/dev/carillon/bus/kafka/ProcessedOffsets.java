package dev.carillon.bus.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Tracks up to which offset each partition was returned to the engine, and up to which offset it was processed.
 *
 * <p>Two kinds of offsets are never returned, and are processed as soon as everything before them is. Transactions leave markers
 * and aborted records: without this, the group would seem to lag forever. Trimming leaves gaps, each of which was reported as
 * lost: while messages before a gap are in flight, its size is committed with the offset, so that the next owner of the partition
 * does not report the gap again.
 *
 * <p>For the polling thread.
 */
final class ProcessedOffsets {

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> returned = new HashMap<>();
    private final Map<TopicPartition, Long> processed = new HashMap<>();

    /** Ordered by offset. */
    private final Map<TopicPartition, List<Gap>> gaps = new HashMap<>();

    /** Offsets without messages, from the first one up to before the second one. */
    private record Gap(long from, long to) {}

    ProcessedOffsets(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The partition is read from this offset on. */
    void begin(TopicPartition partition, long next) {
        returned.put(partition, next);
        processed.put(partition, next);
    }

    /** The record at this offset was returned to the engine. */
    void returned(TopicPartition partition, long offset) {
        returned.put(partition, offset + 1);
    }

    /**
     * Everything before this offset is processed.
     *
     * @return false if that was known, or if these messages were not returned since the partition was assigned: then they were
     *     returned during an earlier assignment, and are in flight again
     */
    boolean process(TopicPartition partition, long next) {
        Long before = processed.get(partition);
        if ((before != null && before >= next) || next > returned.getOrDefault(partition, 0L)) {
            return false;
        }
        processed.put(partition, next);
        return true;
    }

    /** The first offset that is not processed; empty if nothing was read yet. */
    OptionalLong next(TopicPartition partition) {
        Long next = processed.get(partition);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * Marks the offsets between the last processed message and the consumer's position as processed. Must be called only when no
     * fetched record waits to be returned.
     *
     * @return the position; empty if there are no such offsets, or messages are in flight
     */
    OptionalLong skipNonMessages(TopicPartition partition) {
        Long next = processed.get(partition);
        if (next == null || !next.equals(returned.get(partition))) {
            return OptionalLong.empty();
        }
        try {
            long position = consumer.position(partition, Duration.ZERO);
            if (position <= next) {
                return OptionalLong.empty();
            }
            processed.put(partition, position);
            returned.put(partition, position);
            return OptionalLong.of(position);
        } catch (TimeoutException e) { // not known yet
            return OptionalLong.empty();
        }
    }

    /** Messages from one offset up to before another one were trimmed, and are reported as lost. */
    void addGap(TopicPartition partition, long from, long to) {
        gaps.computeIfAbsent(partition, absent -> new ArrayList<>()).add(new Gap(from, to));
    }

    /** What to commit when everything before the offset is processed. Passes the gaps that the offset has reached. */
    OffsetAndMetadata commitFor(TopicPartition partition, CommitMetadata metadata, long offset) {
        List<Gap> ahead = gaps.getOrDefault(partition, List.of());
        long next = offset;
        while (!ahead.isEmpty() && next >= ahead.get(0).from()) {
            next = Math.max(next, ahead.remove(0).to());
        }
        return metadata.commitFor(
                next, ahead.stream().mapToLong(gap -> gap.to() - gap.from()).sum());
    }

    void forgetGaps(Collection<TopicPartition> partitions) {
        gaps.keySet().removeAll(partitions);
    }

    /** This member no longer owns these partitions. */
    void forget(Collection<TopicPartition> partitions) {
        returned.keySet().removeAll(partitions);
        processed.keySet().removeAll(partitions);
        forgetGaps(partitions);
    }
}
