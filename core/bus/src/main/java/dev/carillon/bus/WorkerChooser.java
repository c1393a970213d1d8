package dev.carillon.bus;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the worker of an event: by its key or, without one, by its partition, which keeps the order of all its events without a
 * key. Used by the polling thread alone.
 */
final class WorkerChooser {

    /** The key of all events, where they all keep their order. */
    private static final Object EVERYTHING = "";

    private final int concurrency;
    private final EventKeys keys;

    WorkerChooser(int concurrency, EventKeys keys) {
        this.concurrency = concurrency;
        this.keys = keys;
    }

    /** Returns a number from 0 to below the number of workers, and sets the ordering key of the message. */
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

    /** Hash codes of similar texts differ in their low bits only, which would crowd a few workers. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
