package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads single records by their offsets, with a consumer outside the group. Reads over small gaps between them, and skips larger
 * ones. For one thread.
 */
final class RecordFinder implements AutoCloseable {

    /** Reading over this many records is faster than a seek. */
    private static final long SMALL_GAP = 50;

    /** After a poll without records for this long, checks whether there are any. */
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    private final Duration timeout;
    private final LazyConsumer consumer;

    /**
     * Connects on first use.
     *
     * @param reader properties of a consumer without a group
     * @param timeout of one search
     */
    RecordFinder(Map<String, Object> reader, Duration timeout) {
        Map<String, Object> properties = new HashMap<>(reader);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Long.toString(SMALL_GAP));
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(1 << 20));
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(1 << 20));
        Object client = properties.get(ConsumerConfig.CLIENT_ID_CONFIG);
        if (client != null) {
            properties.put(ConsumerConfig.CLIENT_ID_CONFIG, client + "-again");
        }
        this.consumer = new LazyConsumer(properties);
        this.timeout = timeout;
    }

    /**
     * The result of a search.
     *
     * @param records those that were found, in order
     * @param missing the offsets of the others: deleted by retention or compaction, or because the topic was recreated
     */
    record Result(List<ConsumerRecord<byte[], byte[]>> records, List<Long> missing) {}

    /** The report of missing messages. */
    static GroupIncident incident(Partition partition, String group, List<Long> missing) {
        return new GroupIncident(
                GroupIncident.Kind.PENDING_LOST,
                partition.topic(),
                group,
                missing.size(),
                "partition " + partition.number() + ": messages from offset " + missing.get(0) + " to "
                        + missing.get(missing.size() - 1)
                        + " left the topic while they were waiting for a retry (a longer retention of the topic keeps"
                        + " more)");
    }

    /**
     * Searches until each offset is found or known to be missing.
     *
     * @param positions in the order of the partition
     * @throws TimeoutException if the broker does not respond in time
     */
    Result find(Partition partition, List<Position> positions) {
        List<Long> offsets = positions.stream()
                .map(position -> ((RecordPosition) position).offset())
                .toList();
        TopicPartition topicPartition = new TopicPartition(partition.topic(), partition.number());
        Consumer<byte[], byte[]> open = consumer.open();
        if (!open.assignment().equals(Set.of(topicPartition))) {
            open.assign(List.of(topicPartition));
        }
        Result result = new Result(new ArrayList<>(), new ArrayList<>());
        long deadline = System.nanoTime() + timeout.toNanos();
        int next = 0;
        open.seek(topicPartition, offsets.get(0));
        while (next < offsets.size()) {
            if (deadline - System.nanoTime() <= 0) {
                throw new TimeoutException(
                        "no messages of " + topicPartition + " within " + timeout.toMillis() + " ms");
            }
            try {
                long wanted = offsets.get(next);
                if (wanted - open.position(topicPartition, left(deadline)) > SMALL_GAP) {
                    open.seek(topicPartition, wanted);
                }
                Duration left = left(deadline);
                List<ConsumerRecord<byte[], byte[]>> polled = open.poll(
                                left.compareTo(POLL_TIMEOUT) < 0 ? left : POLL_TIMEOUT)
                        .records(topicPartition);
                int before = next;
                next = collect(polled, open.position(topicPartition, left(deadline)), offsets, next, result);
                if (polled.isEmpty() && next == before) {
                    next = skipDeleted(open, topicPartition, offsets, next, result, left(deadline));
                }
            } catch (OffsetOutOfRangeException e) {
                next = skipDeleted(open, topicPartition, offsets, next, result, left(deadline));
                if (next < offsets.size()) {
                    open.seek(topicPartition, offsets.get(next));
                }
            }
        }
        return result;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** Adds the polled records that are wanted; wanted offsets before the position are missing. Returns the next wanted index. */
    private static int collect(
            List<ConsumerRecord<byte[], byte[]>> polled, long position, List<Long> offsets, int from, Result result) {
        int next = from;
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            while (next < offsets.size() && offsets.get(next) < record.offset()) {
                result.missing().add(offsets.get(next++));
            }
            if (next < offsets.size() && offsets.get(next) == record.offset()) {
                result.records().add(record);
                next++;
            }
        }
        while (next < offsets.size() && offsets.get(next) < position) {
            result.missing().add(offsets.get(next++));
        }
        return next;
    }

    /** Wanted offsets before the beginning of the partition, or after its end, are missing. Returns the next wanted index. */
    private static int skipDeleted(
            Consumer<byte[], byte[]> open,
            TopicPartition topicPartition,
            List<Long> offsets,
            int from,
            Result result,
            Duration left) {
        long begin = open.beginningOffsets(List.of(topicPartition), left).getOrDefault(topicPartition, 0L);
        long end = open.endOffsets(List.of(topicPartition), left).getOrDefault(topicPartition, 0L);
        int next = from;
        while (next < offsets.size() && (offsets.get(next) < begin || offsets.get(next) >= end)) {
            result.missing().add(offsets.get(next++));
        }
        return next;
    }

    /** Also after an error. The next search connects again. */
    @Override
    public void close() {
        consumer.close();
    }
}
