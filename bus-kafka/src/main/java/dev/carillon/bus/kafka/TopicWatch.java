package dev.carillon.bus.kafka;

import dev.carillon.bus.spi.TransportException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic was deleted and made anew, and that one has more partitions than before. Kafka's consumer goes on at its
 * offset in the new topic and says nothing. For one thread, but for {@link #id}.
 */
final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final AdminLink link;
    private final List<String> topics;
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private Map<String, KafkaFuture<TopicDescription>> asked = new HashMap<>();
    private long nextLook = System.nanoTime() + INTERVAL_NANOS;

    /** Watches over these topics. */
    TopicWatch(AdminLink link, List<String> topics) {
        this.link = link;
        this.topics = topics;
    }

    /** The ids of topics now; waits. One that does not exist, or whose id nobody tells us, has the empty text. */
    Map<String, String> now(Collection<String> names) {
        Map<String, String> now = new HashMap<>();
        for (String topic : new HashSet<>(names)) {
            try {
                now.put(topic, see(new TopicOffsets(link).describe(topic)));
            } catch (TransportException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        && !(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                now.put(topic, "");
            }
        }
        return now;
    }

    /** Under which id the topic is read; empty where that is not known. Called by any thread. */
    String id(String topic) {
        return ids.getOrDefault(topic, "");
    }

    /** The topic is read under this id. What was asked before may be answered with an older one. */
    void reads(String topic, String id) {
        if (!id.isEmpty()) {
            ids.put(topic, id);
            asked.remove(topic);
        }
    }

    /** Which topics are other ones now than those that are read. Asks every other second, and does not wait for the answer. */
    Set<String> remade() {
        if (asked.isEmpty() && System.nanoTime() - nextLook >= 0) {
            nextLook = System.nanoTime() + INTERVAL_NANOS;
            asked = new HashMap<>(link.open().describeTopics(topics).topicNameValues());
        }
        Set<String> remade = new HashSet<>();
        asked.values().removeIf(answer -> {
            if (answer.isDone()) {
                answered(answer, remade);
            }
            return answer.isDone();
        });
        return remade;
    }

    private void answered(KafkaFuture<TopicDescription> answer, Set<String> remade) {
        try {
            TopicDescription description = answer.get();
            String now = see(description);
            if (!id(description.name()).isEmpty() && !now.isEmpty() && !now.equals(id(description.name()))) {
                remade.add(description.name());
            }
        } catch (ExecutionException e) {
            LOG.debug("Cannot describe topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers the id. */
    private String see(TopicDescription topic) {
        int count = topic.partitions().size();
        Integer before = partitions.put(topic.name(), count);
        if (before != null && before < count) {
            LOG.warn(
                    "Topic {} has {} partitions now, and had {}: keys move to other partitions, so events that were in the"
                            + " topic by then may be handled after younger ones of their key",
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
        link.close();
    }
}
