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
 * The topics whose events the broker does not accept at the moment. A failing topic backs off; then one event probes it, and when that
 * succeeds the others follow. Keys whose own event failed back off separately, so that the next probe takes another key. Logs when a
 * topic starts to fail and when it has recovered. For the relay's thread.
 */
final class FailingTopics {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration MAX_DELAY = Duration.ofSeconds(5);

    private final Map<String, FailingTopic> topics = new HashMap<>();

    private static final class FailingTopic {
        private final RetryTimer timer = new RetryTimer(MAX_DELAY);
        private final Map<Long, RetryTimer> keys = new HashMap<>();
    }

    /** The broker did not take this row; it may take it later. */
    void onFailure(OutboxRow row, Throwable cause) {
        long now = System.nanoTime();
        FailingTopic topic = topics.get(row.topic());
        if (topic == null) {
            topic = new FailingTopic();
            topics.put(row.topic(), topic);
            LOG.warn(
                    "Outbox relay cannot publish to topic {}; its events stay in the outbox and are retried until they are"
                            + " published: {}",
                    row.topic(),
                    cause.getMessage());
        }
        if (!topic.timer.isWaiting(now)) { // other events in flight at the time of the first failure say nothing new
            topic.timer.onFailure(now);
        }
        topic.keys
                .computeIfAbsent(row.orderHash(), key -> new RetryTimer(MAX_DELAY))
                .onFailure(now);
    }

    /** The broker took this row, or refused it for good: either way it is reachable. */
    void onBrokerResponse(OutboxRow row) {
        FailingTopic topic = topics.get(row.topic());
        if (topic != null) {
            topic.timer.onSuccess();
            topic.keys.remove(row.orderHash());
            if (topic.keys.isEmpty()) {
                topics.remove(row.topic());
                LOG.info("Outbox relay publishes to topic {} again", row.topic());
            }
        }
    }

    /** Whether only one event of the topic may be in flight, as a probe. */
    boolean isProbing(String topic) {
        FailingTopic failing = topics.get(topic);
        return failing != null && failing.timer.isFailing();
    }

    /** Whether it is too early to send this row. */
    boolean isBackingOff(OutboxRow row) {
        long now = System.nanoTime();
        FailingTopic topic = topics.get(row.topic());
        return topic != null && (topic.timer.isWaiting(now) || isWaiting(topic.keys.get(row.orderHash()), now));
    }

    private static boolean isWaiting(@Nullable RetryTimer timer, long now) {
        return timer != null && timer.isWaiting(now);
    }

    Set<String> topicsBackingOff() {
        long now = System.nanoTime();
        Set<String> waiting = new HashSet<>();
        topics.forEach((name, topic) -> {
            if (topic.timer.isWaiting(now)) {
                waiting.add(name);
            }
        });
        return waiting;
    }

    /** The hashes of the keys that back off ({@link OutboxRow#orderHash}). */
    Set<Long> keysBackingOff() {
        long now = System.nanoTime();
        Set<Long> waiting = new HashSet<>();
        topics.values()
                .forEach(topic -> topic.keys.forEach((key, timer) -> {
                    if (timer.isWaiting(now)) {
                        waiting.add(key);
                    }
                }));
        return waiting;
    }

    /** Whether no topic fails. */
    boolean isEmpty() {
        return topics.isEmpty();
    }
}
