package dev.carillon.bus;

import dev.carillon.bus.transport.Partition;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the lane of an event: by its key, or, where it has none, by its topic, which keeps the order of all events of the topic
 * without a key. Used by the polling thread alone.
 */
final class LaneChooser {

    /** The key of all events, where they all keep their order. */
    private static final Object EVERYTHING = "";

    private final int lanes;
    private final EventKeys keys;

    LaneChooser(int lanes, EventKeys keys) {
        this.lanes = lanes;
        this.keys = keys;
    }

    /** A number from 0 to below the number of lanes; notes with the message what keeps its order. */
    int choose(Task task) {
        if (lanes == 1) {
            task.held().setKey(EVERYTHING);
            return 0;
        }
        @Nullable Object key = keys.of(task);
        Object inOrder = key != null
                ? key
                : new Partition(task.message().topic(), task.message().partition());
        task.held().setKey(inOrder);
        return Math.floorMod(spread(inOrder.hashCode()), lanes);
    }

    /** Hash codes of similar texts differ in their low bits only, which would crowd few lanes. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
