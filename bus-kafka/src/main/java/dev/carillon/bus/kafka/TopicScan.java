package dev.carillon.bus.kafka;

import dev.carillon.bus.spi.TransportException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads records beside all groups, and leaves no trace. For one thread. */
final class TopicScan implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** A broker that gives nothing for so long, though it has more, is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> properties;
    private final KafkaFailure failures;
    private @Nullable Consumer<byte[], byte[]> consumer;

    /** With the properties of a consumer; its group is not joined. */
    TopicScan(Map<String, Object> properties, KafkaFailure failures) {
        this.properties = new HashMap<>(properties);
        this.properties.remove("group.id");
        this.failures = failures;
    }

    /**
     * Reads from these offsets to those; where a partition begins later by now, from its beginning.
     *
     * @param from where to begin in each partition
     * @param ends where to end in each of them, which is before this offset
     * @param visitor gets the records, those of one partition in order, and answers whether it wants more of this partition
     * @throws TransportException when Kafka is away or refuses
     */
    void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        Set<TopicPartition> left = new HashSet<>(from.keySet());
        left.removeIf(partition -> from.getOrDefault(partition, 0L) >= ends.getOrDefault(partition, 0L));
        if (left.isEmpty()) {
            return;
        }
        try {
            Consumer<byte[], byte[]> open = open();
            open.assign(left);
            left.forEach(partition -> open.seek(partition, from.getOrDefault(partition, 0L)));
            read(open, left, ends, visitor);
        } catch (TransportException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failures.of("read " + from.keySet(), e);
        }
    }

    private void read(
            Consumer<byte[], byte[]> open,
            Set<TopicPartition> left,
            Map<TopicPartition, Long> ends,
            Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
        long lastSign = System.nanoTime();
        while (!left.isEmpty()) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
                    lastSign = System.nanoTime();
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    boolean within = record.offset() < ends.getOrDefault(partition, 0L);
                    if (left.contains(partition) && !(within && visitor.test(record))) {
                        left.remove(partition);
                        open.pause(List.of(partition));
                    }
                }
            } catch (OffsetOutOfRangeException e) {
                open.seekToBeginning(e.partitions());
            }
            // a partition may end with what is no record, or was compacted away
            left.removeIf(partition -> open.position(partition) >= ends.getOrDefault(partition, 0L));
            if (System.nanoTime() - lastSign > PATIENCE.toNanos()) {
                throw failures.of(
                        "read " + left, new TimeoutException("nothing came for " + PATIENCE.toSeconds() + " s"));
            }
        }
    }

    private Consumer<byte[], byte[]> open() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(properties);
        }
        return consumer;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(PATIENCE));
        }
    }
}
