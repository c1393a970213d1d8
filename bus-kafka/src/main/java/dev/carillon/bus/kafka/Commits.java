package dev.carillon.bus.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kafka how far the group is, one request at a time and without waiting for the answer: what is finished meanwhile goes
 * with the next. Only leaving a partition waits.
 */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> unsent = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> underWay = new HashMap<>();

    Commits(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The group is finished with everything before the offset. */
    void add(TopicPartition partition, OffsetAndMetadata offset) {
        unsent.put(partition, offset);
    }

    /** Sends what there is, unless an answer is missing still. */
    void send() {
        if (underWay.isEmpty() && !unsent.isEmpty()) {
            underWay.putAll(unsent);
            unsent.clear();
            consumer.commitAsync(Map.copyOf(underWay), (offsets, failure) -> answered(offsets, failure));
        }
    }

    /** What did not arrive goes with the next one; a group that we are no longer a member of has its own way. */
    private void answered(
            Map<TopicPartition, OffsetAndMetadata> offsets, @org.jspecify.annotations.Nullable Exception failure) {
        underWay.clear();
        if (failure != null) {
            LOG.debug("A commit failed, and goes with the next", failure);
            offsets.forEach((partition, offset) -> {
                if (consumer.assignment().contains(partition)) {
                    unsent.putIfAbsent(partition, offset);
                }
            });
        }
    }

    /** Sends what concerns these partitions, and waits for the answer. Throws what the client throws. */
    void finish(Collection<TopicPartition> partitions, Duration patience) {
        Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(underWay);
        last.putAll(unsent);
        last.keySet().retainAll(partitions);
        if (!last.isEmpty()) {
            consumer.commitSync(last, patience);
        }
        forget(partitions);
    }

    /** These partitions are no longer ours. */
    void forget(Collection<TopicPartition> partitions) {
        unsent.keySet().removeAll(partitions);
    }
}
