package dev.carillon.bus;

import org.jspecify.annotations.Nullable;

/**
 * A message whose key is on the wire, so that its lane is known without a look at the event: the lane sorts it, which keeps the
 * polling thread free.
 */
final class Unsorted implements Task {

    private final Held held;
    private @Nullable Task sorted;

    Unsorted(Held held) {
        this.held = held;
    }

    @Override
    public Held held() {
        return held;
    }

    /** What a lane has to do about it, the same each time; null when nobody wants it. */
    @Nullable
    Task sorted(MessageSorter sorter) {
        if (sorted == null) {
            sorted = sorter.sort(held);
        }
        return sorted;
    }
}
