package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.consumer.ConsumerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how many messages a consumer may read now. The polling thread's. */
final class PollCapacity {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** Polls only when an eighth of what may be in flight is free, or a whole batch. */
    private static final int PARTS = 8;

    /** With fewer messages a lane, there is not enough to keep some of it free for other lanes. */
    private static final int LEAST_PER_WORKER = 4;

    private final ConsumerOptions options;
    private final String group;
    private final InFlightMessages inFlight;
    private final Workers workers;
    private final ParkedMessages parked;
    private final ConsumerMetrics metrics;
    private final int leastFree;

    /**
     * No lane may take more than what it leaves free, also if all that is read next is for the one that has most, or a receiver
     * that hangs would leave nothing for the others; unless there is so little memory that lanes get one message or two.
     */
    private final boolean keepsSomeFree;

    private boolean isParkingFullLogged;

    PollCapacity(
            ConsumerOptions options,
            String group,
            InFlightMessages inFlight,
            Workers workers,
            ParkedMessages parked,
            ConsumerMetrics metrics) {
        this.options = options;
        this.group = group;
        this.inFlight = inFlight;
        this.workers = workers;
        this.parked = parked;
        this.metrics = metrics;
        this.keepsSomeFree =
                options.concurrency() > 1 && options.maxInFlight() >= LEAST_PER_WORKER * options.concurrency();
        this.leastFree = Math.min(options.batchSize(), Math.max(1, options.maxInFlight() / PARTS));
    }

    /** How many messages may be read now. Waits for some to be free: polling one message at a time is expensive. */
    int free() {
        int free = options.maxInFlight() - inFlight.inMemory() - Math.min(parked.asked(), options.maxInFlight() / 2);
        long freeBytes = options.maxInFlightBytes() - inFlight.bytes();
        if (keepsSomeFree) {
            free = (free - workers.longestBacklog()) / 2;
            freeBytes -= workers.largestBacklog();
        }
        if (free < leastFree || freeBytes <= 0 || isParkingFull()) {
            return 0;
        }
        long most = Math.min(options.batchSize(), free);
        if (options.maxEvents() > 0) {
            most = Math.min(most, options.maxEvents() - metrics.delivered.sum() - inFlight.messages());
        }
        return (int) Math.max(0, most);
    }

    private boolean isParkingFull() {
        boolean isFull = inFlight.parkedMessages() >= options.maxParked();
        if (isFull && !isParkingFullLogged) {
            isParkingFullLogged = true;
            LOG.warn(
                    "Group {} reads no more for now: {} messages wait behind events that are tried again (maxParked={})",
                    group,
                    inFlight.parkedMessages(),
                    options.maxParked());
        }
        isParkingFullLogged &= inFlight.parkedMessages() >= options.maxParked() / 2;
        return isFull;
    }
}
