package dev.carillon.bus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how many messages a consumer may read now. The polling thread's. */
final class Capacity {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** Polls only when an eighth of what may be in flight is free, or a whole batch. */
    private static final int PARTS = 8;

    /** With fewer messages a lane, there is not enough to keep some of it free for other lanes. */
    private static final int LEAST_FOR_A_LANE = 4;

    private final ConsumerOptions options;
    private final String group;
    private final InFlight inFlight;
    private final Lanes lanes;
    private final ParkedMessages parked;
    private final Tally tally;
    private final int leastFree;

    /**
     * No lane may take more than what it leaves free, also if all that is read next is for the one that has most, or a receiver
     * that hangs would leave nothing for the others; unless there is so little memory that lanes get one message or two.
     */
    private final boolean keepsSomeFree;

    private boolean isParkingFullLogged;

    Capacity(
            ConsumerOptions options, String group, InFlight inFlight, Lanes lanes, ParkedMessages parked, Tally tally) {
        this.options = options;
        this.group = group;
        this.inFlight = inFlight;
        this.lanes = lanes;
        this.parked = parked;
        this.tally = tally;
        this.keepsSomeFree = options.lanes() > 1 && options.maxInFlight() >= LEAST_FOR_A_LANE * options.lanes();
        this.leastFree = Math.min(options.batchSize(), Math.max(1, options.maxInFlight() / PARTS));
    }

    /** How many messages may be read now. Waits for some to be free: polling one message at a time is expensive. */
    int free() {
        int free = options.maxInFlight() - inFlight.inMemory() - Math.min(parked.asked(), options.maxInFlight() / 2);
        long freeBytes = options.maxInFlightBytes() - inFlight.bytes();
        if (keepsSomeFree) {
            free = (free - lanes.longestBacklog()) / 2;
            freeBytes -= lanes.largestBacklog();
        }
        if (free < leastFree || freeBytes <= 0 || isParkingFull()) {
            return 0;
        }
        long most = Math.min(options.batchSize(), free);
        if (options.maxEvents() > 0) {
            most = Math.min(most, options.maxEvents() - tally.delivered.sum() - inFlight.messages());
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
