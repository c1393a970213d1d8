package dev.carillon.bus.internal.consumer;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the worker of an event by its key. Events without a key are assigned by partition, which keeps their order. Used
 * by the polling thread alone.
 */
final class WorkerChooser {

    /** The ordering key of all events when there is only one worker. */
    private static final Object EVERYTHING = "";

    private final int concurrency;
    private final EventKeys keys;

    WorkerChooser(int concurrency, EventKeys keys) {
        this.concurrency = concurrency;
        this.keys = keys;
    }

    /** Returns the number of a worker, from 0 to {@code concurrency - 1}, and sets the ordering key of the message. */
    int choose(InFlightMessage message) {
        if (concurrency == 1) {
            message.setOrderingKey(EVERYTHING);
            return 0;
        }
        @Nullable Object key = keys.of(message);
        Object orderingKey = key != null ? key : message.partition();
        message.setOrderingKey(orderingKey);
        return Math.floorMod(spread(orderingKey.hashCode()), concurrency);
    }

    /** Mixes the bits: hash codes of similar texts differ in their low bits only, which would overload a few workers. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
