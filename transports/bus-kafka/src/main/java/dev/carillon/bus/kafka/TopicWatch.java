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
 * Notices that a topic was deleted and made anew, and that one has more partitions than before. Kafka's consumer goes on at its
 * offset in the new topic and says nothing. For one thread, but for {@link #id}.
 */
final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    /** To delete a topic, make it anew, and fill it to where the old one was read, takes longer. */
    private static final long SURE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final AdminLink link;
    private final List<String> topics;
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();

    /** When it was last asked which topics there are. */
    private long seenNanos = System.nanoTime() - SURE_NANOS;

    /** Watches over these topics. */
    TopicWatch(AdminLink link, List<String> topics) {
        this.link = link;
        this.topics = topics;
    }

    /** The ids of topics now; waits. One that does not exist, or whose id nobody tells us, has the empty text. */
    Map<String, String> now(Collection<String> names) {
        Map<String, KafkaFuture<TopicDescription>> asked =
                link.open().describeTopics(new HashSet<>(names)).topicNameValues();
        Map<String, String> now = new HashMap<>();
        asked.forEach((topic, answer) -> {
            try {
                now.put(topic, see(link.ask("describe topic " + topic, cluster -> answer)));
            } catch (TransportException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        && !(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                now.put(topic, "");
            }
        });
        return now;
    }

    /** Under which id the topic is read; empty where that is not known. Called by any thread. */
    String id(String topic) {
        return ids.getOrDefault(topic, "");
    }

    /** Whether these are ids of two topics; not, where one of them is not known. */
    static boolean isAnother(String former, String now) {
        return !former.isEmpty() && !now.isEmpty() && !former.equals(now);
    }

    /** The topic is read under this id. */
    void reads(String topic, String id) {
        if (!id.isEmpty()) {
            ids.put(topic, id);
        }
    }

    /**
     * Which topics are other ones than those that are read, so that messages that came at this time may be of those. Asks, and waits
     * for the answer, where that was not seen since then or right before: some times a second, while messages come.
     */
    Set<String> remade(long nanos) {
        if (nanos - seenNanos <= SURE_NANOS) {
            return Set.of();
        }
        long asking = System.nanoTime();
        Set<String> remade = new HashSet<>();
        now(topics).forEach((topic, now) -> {
            if (isAnother(id(topic), now)) {
                remade.add(topic);
            }
        });
        seenNanos = asking;
        return remade;
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
