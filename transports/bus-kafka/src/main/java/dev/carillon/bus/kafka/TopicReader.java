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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads topics without a group, up to where they end when the read begins. For one thread at a time. */
final class TopicReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaExceptionTranslator exceptions;
    private final LazyConsumer consumer;

    TopicReader(Map<String, Object> properties, KafkaExceptionTranslator exceptions) {
        this.consumer = new LazyConsumer(properties);
        this.exceptions = exceptions;
    }

    /** What a visitor returns for a record. */
    enum Visit {
        CONTINUE,
        SKIP_PARTITION,
        STOP
    }

    /** Reads until the visitor returns false. */
    void read(String topic, StartAt from, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        try {
            Consumer<byte[], byte[]> open = consumer.open();
            List<TopicPartition> partitions = open.partitionsFor(topic, TIMEOUT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = open.endOffsets(partitions, TIMEOUT);
            Map<TopicPartition, Long> starts = starts(open, partitions, from, ends);
            readTo(open, starts, ends, record -> visitor.test(record) ? Visit.CONTINUE : Visit.STOP);
        } catch (RuntimeException e) {
            close();
            throw exceptions.translate("read topic " + topic, e);
        }
    }

    /**
     * Reads partitions.
     *
     * @param action what Kafka is to do, for messages: "read topic a"
     * @param starts the first offset, by partition; if that is deleted, reading starts at the oldest record
     * @param ends the offset after the last one, by partition
     * @param visitor receives the records, those of one partition in order
     */
    void read(
            String action,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Function<ConsumerRecord<byte[], byte[]>, Visit> visitor) {
        try {
            readTo(consumer.open(), starts, ends, visitor);
        } catch (RuntimeException e) {
            close();
            throw exceptions.translate(action, e);
        }
    }

    /** The record at an offset; null if there is none, or it is deleted. */
    @Nullable
    ConsumerRecord<byte[], byte[]> at(TopicPartition partition, long offset) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try {
            Consumer<byte[], byte[]> open = consumer.open();
            boolean exists = open.partitionsFor(partition.topic(), TIMEOUT).stream()
                    .anyMatch(info -> info.partition() == partition.partition());
            if (exists && offset < open.endOffsets(List.of(partition), TIMEOUT).getOrDefault(partition, 0L)) {
                readTo(open, Map.of(partition, offset), Map.of(partition, offset + 1), record -> {
                    if (record.offset() == offset) {
                        found.add(record);
                    }
                    return Visit.STOP;
                });
            }
        } catch (RuntimeException e) {
            close();
            throw exceptions.translate("read " + partition + " at " + offset, e);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static Map<TopicPartition, Long> starts(
            Consumer<byte[], byte[]> open,
            List<TopicPartition> partitions,
            StartAt from,
            Map<TopicPartition, Long> ends) {
        if (from == StartAt.latest()) {
            return ends;
        }
        Map<TopicPartition, Long> starts = new HashMap<>(open.beginningOffsets(partitions, TIMEOUT));
        if (from instanceof StartAt.After after) {
            RecordPosition position = RecordPosition.parse(after.position());
            starts.replaceAll((partition, beginning) -> partition.partition() == position.partition()
                    ? Long.valueOf(Math.max(beginning, position.offset() + 1))
                    : beginning);
        } else if (from instanceof StartAt.Time time) {
            Map<TopicPartition, Long> times = new HashMap<>();
            long millis = Math.max(0, time.time().toEpochMilli());
            partitions.forEach(partition -> times.put(partition, millis));
            Map<TopicPartition, OffsetAndTimestamp> found = open.offsetsForTimes(times, TIMEOUT);
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
            Function<ConsumerRecord<byte[], byte[]>, Visit> visitor) {
        open.assign(starts.keySet());
        starts.forEach(open::seek);
        Set<TopicPartition> left = new HashSet<>(starts.keySet());
        long lastRecord = System.nanoTime();
        while (!isAtEnd(open, left, ends)) {
            ConsumerRecords<byte[], byte[]> records = open.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (left.contains(partition) && record.offset() < ends.getOrDefault(partition, 0L)) {
                    Visit next = visitor.apply(record);
                    if (next == Visit.STOP) {
                        return;
                    }
                    if (next == Visit.SKIP_PARTITION) {
                        left.remove(partition);
                        open.pause(List.of(partition));
                    }
                }
            }
            if (!records.isEmpty()) {
                lastRecord = System.nanoTime();
            } else if (System.nanoTime() - lastRecord > TIMEOUT.toNanos()) {
                throw new TimeoutException("no messages within " + TIMEOUT.toSeconds() + " s");
            }
        }
    }

    private static boolean isAtEnd(
            Consumer<byte[], byte[]> open, Set<TopicPartition> left, Map<TopicPartition, Long> ends) {
        left.removeIf(partition -> open.position(partition, TIMEOUT) >= ends.getOrDefault(partition, 0L));
        return left.isEmpty();
    }

    /** The message as it is in Kafka, without the schema that wrote it. */
    static IncomingMessage message(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        return RecordConverter.message(
                record,
                value == null ? RecordConverter.EMPTY : value,
                value != null && WireFormat.isFramed(value) ? WireFormat.PREFIX : 0,
                null,
                null);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
