package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.StartAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads topics beside all groups, to their present end. For one thread at a time. */
final class TopicReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> properties;
    private final KafkaFailure failures;
    private @Nullable Consumer<byte[], byte[]> consumer;

    TopicReader(Map<String, Object> properties, KafkaFailure failures) {
        this.properties = properties;
        this.failures = failures;
    }

    /** What a visitor wants when it has seen a record. */
    enum Next {
        /** The next one. */
        MORE,
        /** No more of this partition. */
        OTHER_PARTITIONS,
        /** Nothing. */
        NOTHING
    }

    /** The visitor answers whether to go on. */
    void read(String topic, StartAt from, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        try {
            Consumer<byte[], byte[]> open = open();
            List<TopicPartition> partitions = open.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = open.endOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> starts = starts(open, partitions, from, ends);
            readTo(open, starts, ends, record -> visitor.test(record) ? Next.MORE : Next.NOTHING);
        } catch (RuntimeException e) {
            close();
            throw failures.of("read topic " + topic, e);
        }
    }

    /**
     * Reads partitions.
     *
     * @param asked what Kafka is to do, as in "read topic a"
     * @param starts the offset to begin with, by partition; where it is gone, the oldest there is
     * @param ends the offset to end before, by partition
     * @param visitor gets the records, those of one partition in order
     */
    void read(
            String asked,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Function<ConsumerRecord<byte[], byte[]>, Next> visitor) {
        try {
            readTo(open(), starts, ends, visitor);
        } catch (RuntimeException e) {
            close();
            throw failures.of(asked, e);
        }
    }

    /** The record at an offset; null when there is none, or none any more. */
    @Nullable
    ConsumerRecord<byte[], byte[]> at(TopicPartition partition, long offset) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try {
            Consumer<byte[], byte[]> open = open();
            boolean exists = open.partitionsFor(partition.topic(), PATIENCE).stream()
                    .anyMatch(info -> info.partition() == partition.partition());
            if (exists && offset < open.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L)) {
                readTo(open, Map.of(partition, offset), Map.of(partition, offset + 1), record -> {
                    if (record.offset() == offset) {
                        found.add(record);
                    }
                    return Next.NOTHING;
                });
            }
        } catch (RuntimeException e) {
            close();
            throw failures.of("read " + partition + " at " + offset, e);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** Made when it is first needed: it looks up the servers' names, which may not be there yet. */
    private Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = new KafkaConsumer<>(properties);
            consumer = open;
        }
        return open;
    }

    private static Map<TopicPartition, Long> starts(
            Consumer<byte[], byte[]> open,
            List<TopicPartition> partitions,
            StartAt from,
            Map<TopicPartition, Long> ends) {
        if (from == StartAt.latest()) {
            return ends;
        }
        Map<TopicPartition, Long> starts = new HashMap<>(open.beginningOffsets(partitions, PATIENCE));
        if (from instanceof StartAt.After after) {
            Position position = Position.parse(after.position());
            starts.replaceAll((partition, beginning) -> partition.partition() == position.partition()
                    ? Long.valueOf(Math.max(beginning, position.offset() + 1))
                    : beginning);
        } else if (from instanceof StartAt.Time time) {
            Map<TopicPartition, Long> times = new HashMap<>();
            long millis = Math.max(0, time.time().toEpochMilli());
            partitions.forEach(partition -> times.put(partition, millis));
            Map<TopicPartition, OffsetAndTimestamp> found = open.offsetsForTimes(times, PATIENCE);
            starts.replaceAll((partition, beginning) -> {
                @Nullable OffsetAndTimestamp at = found.get(partition);
                return at == null ? ends.getOrDefault(partition, beginning) : Long.valueOf(at.offset());
            });
        }
        return starts;
    }

    private static void readTo(
            Consumer<byte[], byte[]> open,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Function<ConsumerRecord<byte[], byte[]>, Next> visitor) {
        open.assign(starts.keySet());
        starts.forEach(open::seek);
        Set<TopicPartition> left = new HashSet<>(starts.keySet());
        long lastSign = System.nanoTime();
        while (!isThere(open, left, ends)) {
            ConsumerRecords<byte[], byte[]> records = open.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (left.contains(partition) && record.offset() < ends.getOrDefault(partition, 0L)) {
                    Next next = visitor.apply(record);
                    if (next == Next.NOTHING) {
                        return;
                    }
                    if (next == Next.OTHER_PARTITIONS) {
                        left.remove(partition);
                        open.pause(List.of(partition));
                    }
                }
            }
            if (!records.isEmpty()) {
                lastSign = System.nanoTime();
            } else if (System.nanoTime() - lastSign > PATIENCE.toNanos()) {
                throw new TimeoutException("no messages within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    private static boolean isThere(
            Consumer<byte[], byte[]> open, Set<TopicPartition> left, Map<TopicPartition, Long> ends) {
        left.removeIf(partition -> open.position(partition, PATIENCE) >= ends.getOrDefault(partition, 0L));
        return left.isEmpty();
    }

    /** The message as it stands on the wire. */
    static IncomingMessage message(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        return RecordReader.message(
                record,
                value == null ? RecordReader.NOTHING : value,
                value != null && Framing.isFramed(value) ? Framing.PREFIX : 0,
                null,
                null);
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            consumer = null;
        }
    }
}
