package dev.carillon.bus.jdbc;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that the broker does not take events of for the moment. Such a topic waits; then one event tries, and when it
 * succeeds, the others follow. Lanes whose own event failed wait by themselves, so that another one tries. Says so once, and once
 * when it is over.
 */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Map<String, Topic> topics = new HashMap<>();

    private static final class Topic {
        private final Backoff backoff = new Backoff(LONGEST_WAIT);
        private final Map<Long, Backoff> lanes = new HashMap<>();
    }

    /** This one may succeed later. */
    void failed(OutboxRow row, Throwable cause) {
        long now = System.nanoTime();
        Topic topic = topics.get(row.topic());
        if (topic == null) {
            topic = new Topic();
            topics.put(row.topic(), topic);
            LOG.warn(
                    "Events of topic {} cannot be published now; they stay in the outbox, and are tried again without end: {}",
                    row.topic(),
                    cause.getMessage());
        }
        if (topic.backoff.nanosLeft(now) <= 0) { // what was under way besides tells nothing new
            topic.backoff.failed(now);
        }
        topic.lanes
                .computeIfAbsent(row.lane(), lane -> new Backoff(LONGEST_WAIT))
                .failed(now);
    }

    /** The broker answered for this one: it has it, or never will. */
    void answered(OutboxRow row) {
        Topic topic = topics.get(row.topic());
        if (topic != null) {
            topic.backoff.succeeded();
            topic.lanes.remove(row.lane());
            if (topic.lanes.isEmpty()) {
                topics.remove(row.topic());
                LOG.info("Events of topic {} are published again", row.topic());
            }
        }
    }

    /** Whether only one event of the topic may be under way. */
    boolean isOnProbation(String topic) {
        Topic troubled = topics.get(topic);
        return troubled != null && troubled.backoff.isInTrouble();
    }

    /** Whether this one has to wait. */
    boolean isWaiting(OutboxRow row) {
        long now = System.nanoTime();
        Topic topic = topics.get(row.topic());
        return topic != null && (topic.backoff.nanosLeft(now) > 0 || isWaiting(topic.lanes.get(row.lane()), now));
    }

    private static boolean isWaiting(@Nullable Backoff backoff, long now) {
        return backoff != null && backoff.nanosLeft(now) > 0;
    }

    Set<String> waitingTopics() {
        long now = System.nanoTime();
        Set<String> waiting = new HashSet<>();
        topics.forEach((name, topic) -> {
            if (isWaiting(topic.backoff, now)) {
                waiting.add(name);
            }
        });
        return waiting;
    }

    Set<Long> waitingLanes() {
        long now = System.nanoTime();
        Set<Long> waiting = new HashSet<>();
        topics.values()
                .forEach(topic -> topic.lanes.forEach((lane, backoff) -> {
                    if (isWaiting(backoff, now)) {
                        waiting.add(lane);
                    }
                }));
        return waiting;
    }

    /** Whether everything goes well. */
    boolean isEmpty() {
        return topics.isEmpty();
    }
}
