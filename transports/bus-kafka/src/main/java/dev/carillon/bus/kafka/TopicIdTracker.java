package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.TransportException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the ids of topics, and detects that a topic was deleted and recreated: Kafka's consumer would silently continue at its old
 * offset in the new topic. Logs a warning when partitions were added to a topic. For one thread, except {@link #id}.
 */
final class TopicIdTracker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    /** Deleting a topic, recreating it, and filling it up to the old offset takes longer than this. */
    private static final long CHECK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final AdminConnection admin;
    private final List<String> topics;
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();

    /** When the current ids were requested last. */
    private long lastCheck = System.nanoTime() - CHECK_INTERVAL_NANOS;

    /** Closes the connection when it is closed. */
    TopicIdTracker(AdminConnection admin, List<String> topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** Asks the broker. The id of a topic that does not exist, or that this user may not describe, is empty. */
    Map<String, String> currentIds(Collection<String> names) {
        Map<String, KafkaFuture<TopicDescription>> futures =
                admin.client().describeTopics(new HashSet<>(names)).topicNameValues();
        Map<String, String> current = new HashMap<>();
        futures.forEach((topic, future) -> {
            try {
                current.put(topic, describe(admin.call("describe topic " + topic, client -> future)));
            } catch (TransportException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        && !(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                current.put(topic, "");
            }
        });
        return current;
    }

    /** The id under which the topic is being read; empty if unknown. Thread-safe. */
    String id(String topic) {
        return ids.getOrDefault(topic, "");
    }

    /** False if one of the ids is unknown (empty). */
    static boolean isDifferent(String former, String current) {
        return !former.isEmpty() && !current.isEmpty() && !former.equals(current);
    }

    /** The topic is being read under this id. Ignores an empty id. */
    void setId(String topic, String id) {
        if (!id.isEmpty()) {
            ids.put(topic, id);
        }
    }

    /**
     * The topics that were recreated, so that messages fetched at this time may be from the new topic. Asks the broker, unless it
     * was asked after the fetch or shortly before: a few times a second while messages arrive.
     *
     * @param fetchNanos {@link System#nanoTime()} of the fetch
     */
    Set<String> recreatedBefore(long fetchNanos) {
        if (fetchNanos - lastCheck <= CHECK_INTERVAL_NANOS) {
            return Set.of();
        }
        long now = System.nanoTime();
        Set<String> recreated = new HashSet<>();
        currentIds(topics).forEach((topic, current) -> {
            if (isDifferent(id(topic), current)) {
                recreated.add(topic);
            }
        });
        lastCheck = now;
        return recreated;
    }

    /** Returns the id. */
    private String describe(TopicDescription topic) {
        int count = topic.partitions().size();
        Integer before = partitions.put(topic.name(), count);
        if (before != null && before < count) {
            LOG.warn(
                    "Topic {} now has {} partitions instead of {}: keys move to other partitions, so older events of a key"
                            + " may be handled after newer ones",
                    topic.name(),
                    count,
                    before);
        }
        return topic.topicId() == null || topic.topicId().equals(Uuid.ZERO_UUID)
                ? ""
                : topic.topicId().toString();
    }

    @Override
    public void close() {
        admin.close();
    }
}
