package dev.carillon.bus.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kafka how far the group is, one request at a time and without waiting for the answer: what is finished meanwhile goes
 * with the next. Only leaving a partition waits. What Kafka did not take goes again, as long as the partition is ours.
 */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Consumer<byte[], byte[]> consumer;
    private final String group;
    private final Map<TopicPartition, OffsetAndMetadata> unsent = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> underWay = new HashMap<>();
    private final List<Waiting> unsentWaiting = new ArrayList<>();
    private final List<Waiting> underWayWaiting = new ArrayList<>();
    private @Nullable Long retryAt;

    /** Who wants to know when all of this is with the broker. */
    private record Waiting(Set<TopicPartition> left, Runnable taken) {}

    Commits(Consumer<byte[], byte[]> consumer, String group) {
        this.consumer = consumer;
        this.group = group;
    }

    /**
     * The group is finished with everything before these offsets.
     *
     * @param taken runs when Kafka has all of them; never, where a partition is lost before
     */
    void add(Map<TopicPartition, OffsetAndMetadata> offsets, Runnable taken) {
        unsent.putAll(offsets);
        unsentWaiting.add(new Waiting(new HashSet<>(offsets.keySet()), taken));
    }

    /** Sends what there is, unless an answer is missing still. */
    void send() {
        if (underWay.isEmpty() && !unsent.isEmpty() && (retryAt == null || System.nanoTime() - retryAt >= 0)) {
            underWay.putAll(unsent);
            unsent.clear();
            underWayWaiting.addAll(unsentWaiting);
            unsentWaiting.clear();
            consumer.commitAsync(Map.copyOf(underWay), (offsets, failure) -> answered(offsets, failure));
        }
    }

    private void answered(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        underWay.clear();
        if (failure == null) {
            taken(offsets.keySet(), underWayWaiting);
            if (retryAt != null) {
                retryAt = null;
                LOG.info("Kafka takes acknowledgements of group {} again", group);
            }
            return;
        }
        if (retryAt == null) {
            LOG.warn(
                    "Kafka did not take acknowledgements of group {}: {}. They are sent again; until they are taken, the"
                            + " events come again if this consumer ends",
                    group,
                    failure.getMessage(),
                    failure);
        }
        retryAt = System.nanoTime() + RETRY_NANOS;
        offsets.forEach((partition, offset) -> {
            if (consumer.assignment().contains(partition)) {
                unsent.putIfAbsent(partition, offset);
            }
        });
        unsentWaiting.addAll(0, underWayWaiting);
        underWayWaiting.clear();
        unsentWaiting.removeIf(waiting -> !unsent.keySet().containsAll(waiting.left()));
    }

    private static void taken(Collection<TopicPartition> partitions, List<Waiting> waiting) {
        waiting.forEach(each -> each.left().removeAll(partitions));
        waiting.removeIf(each -> {
            if (each.left().isEmpty()) {
                each.taken().run();
            }
            return each.left().isEmpty();
        });
    }

    /** Sends what concerns these partitions, and waits for the answer. Throws what the client throws. */
    void finish(Collection<TopicPartition> partitions, Duration patience) {
        Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(underWay);
        last.putAll(unsent);
        last.keySet().retainAll(partitions);
        if (!last.isEmpty()) {
            consumer.commitSync(last, patience);
            taken(last.keySet(), underWayWaiting);
            taken(last.keySet(), unsentWaiting);
        }
        forget(partitions);
    }

    /** These partitions are no longer ours. */
    void forget(Collection<TopicPartition> partitions) {
        unsent.keySet().removeAll(partitions);
        for (List<Waiting> waiting : List.of(unsentWaiting, underWayWaiting)) {
            waiting.removeIf(each -> each.left().stream().anyMatch(partitions::contains));
        }
    }
}
