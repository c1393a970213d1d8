package dev.carillon.bus.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resets the idle time of in-flight messages in Redis, so that no other member claims them. Renews nothing in a topic whose lease has
 * expired: the next member may have acknowledged its messages, which would become pending again and be delivered after newer ones.
 */
final class ClaimRenewer {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimRenewer.class);
    private static final int BATCH = 1000;

    private final ConsumerContext context;
    private final PendingLossDetector pendingLosses;
    private final Duration interval;

    ClaimRenewer(ConsumerContext context, PendingLossDetector pendingLosses) {
        this.context = context;
        this.pendingLosses = pendingLosses;
        this.interval = context.options().claimAfter().dividedBy(4); // two renewals may come late
    }

    /** How often to call {@link #renewDue}. */
    Duration interval() {
        return interval;
    }

    /** Renews the messages that were not renewed during the last interval. */
    void renewDue(TopicState topic) {
        renew(topic, System.nanoTime() - interval.toNanos());
    }

    /** Renews all in-flight messages. */
    void renewAll(TopicState topic) {
        renew(topic, System.nanoTime());
    }

    private void renew(TopicState topic, long lastRenewedUntil) {
        List<StreamId> ids = topic.inFlight().lastRenewedUntil(lastRenewedUntil, BATCH);
        while (!ids.isEmpty() && topic.isOwned(System.nanoTime())) {
            Set<StreamId> renewed = new HashSet<>();
            for (Object id : context.redis()
                    .execute(
                            context.operation("renew in-flight messages of", topic),
                            context.options().sharing()
                                    ? context.commands().renew(topic.name(), ids)
                                    : context.commands().renewOrRestore(topic.name(), ids))) {
                renewed.add(StreamId.parse(RedisCommand.text(id)));
            }
            topic.inFlight().renewed(ids, System.nanoTime());
            if (renewed.size() < ids.size()) {
                List<StreamId> gone = new ArrayList<>(ids);
                gone.removeAll(renewed);
                topic.inFlight().markGone(gone);
                reportGone(topic, gone);
            }
            ids = topic.inFlight().lastRenewedUntil(lastRenewedUntil, BATCH);
        }
    }

    private void reportGone(TopicState topic, List<StreamId> gone) {
        int lost = pendingLosses
                .detect(topic, gone, PendingLossDetector.WHILE_IN_FLIGHT)
                .size();
        if (lost < gone.size()) {
            LOG.warn(
                    "Group {} of topic {}: {} in-flight messages ({} to {}) are no longer pending, because another client"
                            + " acknowledged them. They will not be redelivered if this process ends before it has handled them",
                    context.group(),
                    topic.name(),
                    gone.size() - lost,
                    gone.get(0),
                    gone.get(gone.size() - 1));
        }
    }
}
