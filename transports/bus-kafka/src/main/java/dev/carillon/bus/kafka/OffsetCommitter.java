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
 * Commits offsets asynchronously, one request at a time: what is added while a request is under way goes with the next one. Only
 * {@link #commitSync} waits. A commit that fails is sent again while this member owns the partition. For the polling thread.
 */
final class OffsetCommitter {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final long RETRY_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Consumer<byte[], byte[]> consumer;
    private final String group;
    private final Map<TopicPartition, OffsetAndMetadata> pending = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> underWay = new HashMap<>();
    private final List<Callback> pendingCallbacks = new ArrayList<>();
    private final List<Callback> underWayCallbacks = new ArrayList<>();
    private @Nullable Long retryAt;

    /** Runs when the partitions that are left have been committed. */
    private record Callback(Set<TopicPartition> left, Runnable committed) {}

    OffsetCommitter(Consumer<byte[], byte[]> consumer, String group) {
        this.consumer = consumer;
        this.group = group;
    }

    /**
     * Adds offsets to the next request.
     *
     * @param committed runs when Kafka has all of them; never, if a partition is revoked or lost before
     */
    void add(Map<TopicPartition, OffsetAndMetadata> offsets, Runnable committed) {
        pending.putAll(offsets);
        pendingCallbacks.add(new Callback(new HashSet<>(offsets.keySet()), committed));
    }

    /** Sends the pending offsets, unless a request is under way or a failed one is waiting to be retried. */
    void send() {
        if (underWay.isEmpty() && !pending.isEmpty() && (retryAt == null || System.nanoTime() - retryAt >= 0)) {
            underWay.putAll(pending);
            pending.clear();
            underWayCallbacks.addAll(pendingCallbacks);
            pendingCallbacks.clear();
            consumer.commitAsync(Map.copyOf(underWay), (offsets, failure) -> onComplete(offsets, failure));
        }
    }

    private void onComplete(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        underWay.clear();
        if (failure == null) {
            runCallbacks(offsets.keySet(), underWayCallbacks);
            if (retryAt != null) {
                retryAt = null;
                LOG.info("Group {} commits offsets again", group);
            }
            return;
        }
        if (retryAt == null) {
            LOG.warn(
                    "Group {} failed to commit offsets; retrying every {} ms. If this consumer stops before it succeeds,"
                            + " events since the last commit will be redelivered: {}",
                    group,
                    TimeUnit.NANOSECONDS.toMillis(RETRY_DELAY_NANOS),
                    failure.getMessage(),
                    failure);
        }
        retryAt = System.nanoTime() + RETRY_DELAY_NANOS;
        offsets.forEach((partition, offset) -> {
            if (consumer.assignment().contains(partition)) {
                pending.putIfAbsent(partition, offset);
            }
        });
        pendingCallbacks.addAll(0, underWayCallbacks);
        underWayCallbacks.clear();
        pendingCallbacks.removeIf(callback -> !pending.keySet().containsAll(callback.left()));
    }

    private static void runCallbacks(Collection<TopicPartition> committed, List<Callback> callbacks) {
        callbacks.forEach(callback -> callback.left().removeAll(committed));
        callbacks.removeIf(callback -> {
            if (callback.left().isEmpty()) {
                callback.committed().run();
            }
            return callback.left().isEmpty();
        });
    }

    /** Commits what is pending or under way for these partitions, and waits. Throws what the client throws. */
    void commitSync(Collection<TopicPartition> partitions, Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(underWay);
        last.putAll(pending);
        last.keySet().retainAll(partitions);
        if (!last.isEmpty()) {
            consumer.commitSync(last, timeout);
            runCallbacks(last.keySet(), underWayCallbacks);
            runCallbacks(last.keySet(), pendingCallbacks);
        }
        forget(partitions);
    }

    /** This member no longer owns these partitions: drops their offsets and callbacks. */
    void forget(Collection<TopicPartition> partitions) {
        pending.keySet().removeAll(partitions);
        for (List<Callback> callbacks : List.of(pendingCallbacks, underWayCallbacks)) {
            callbacks.removeIf(callback -> callback.left().stream().anyMatch(partitions::contains));
        }
    }
}
