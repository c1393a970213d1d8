package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.internal.Loggers;
import org.slf4j.Logger;

/** Computes how many messages a consumer may read now. Used by the polling thread alone. */
final class PollCapacity {

    private static final Logger LOG = Loggers.CONSUMER;

    /** Polls only when at least 1/8 of maxInFlight, or a whole batch, is free. */
    private static final int PARTS = 8;

    /** The minimum number of messages per worker. With fewer, there is not enough to reserve some for other workers. */
    private static final int MIN_PER_WORKER = 4;

    private final ConsumerOptions options;
    private final String group;
    private final InFlightMessages inFlight;
    private final Workers workers;
    private final DeferredMessages deferred;
    private final ConsumerMetrics metrics;
    private final int minFree;

    /**
     * Whether some capacity is reserved. No worker may take more than it leaves free, even if everything that is read next is
     * for the worker with the longest queue. Otherwise, a receiver that hangs would leave nothing for the others. Not used when
     * there is so little memory that each worker gets only one or two messages.
     */
    private final boolean keepsSomeFree;

    private boolean isLimitLogged;

    PollCapacity(
            ConsumerOptions options,
            String group,
            InFlightMessages inFlight,
            Workers workers,
            DeferredMessages deferred,
            ConsumerMetrics metrics) {
        this.options = options;
        this.group = group;
        this.inFlight = inFlight;
        this.workers = workers;
        this.deferred = deferred;
        this.metrics = metrics;
        this.keepsSomeFree =
                options.concurrency() > 1 && options.maxInFlight() >= MIN_PER_WORKER * options.concurrency();
        this.minFree = Math.min(options.batchSize(), Math.max(1, options.maxInFlight() / PARTS));
    }

    /**
     * How many messages may be read now; 0 until enough is free, because polling one message at a time is expensive. Does not
     * block.
     */
    int free() {
        int free =
                options.maxInFlight() - inFlight.inMemory() - Math.min(deferred.requested(), options.maxInFlight() / 2);
        long freeBytes = options.maxInFlightBytes() - inFlight.bytes();
        if (keepsSomeFree) {
            free = (free - workers.longestBacklog()) / 2;
            freeBytes -= workers.largestBacklog();
        }
        if (free < minFree || freeBytes <= 0 || isDeferralFull()) {
            return 0;
        }
        long most = Math.min(options.batchSize(), free);
        if (options.maxEvents() > 0) {
            most = Math.min(most, options.maxEvents() - metrics.delivered.sum() - inFlight.messages());
        }
        return (int) Math.max(0, most);
    }

    private boolean isDeferralFull() {
        boolean isFull = inFlight.deferredMessages() >= options.maxDeferred();
        if (isFull && !isLimitLogged) {
            isLimitLogged = true;
            LOG.warn(
                    "Group {} stops polling for now: {} messages wait behind events that are retried (maxDeferred={})",
                    group,
                    inFlight.deferredMessages(),
                    options.maxDeferred());
        }
        isLimitLogged &= inFlight.deferredMessages() >= options.maxDeferred() / 2;
        return isFull;
    }
}
