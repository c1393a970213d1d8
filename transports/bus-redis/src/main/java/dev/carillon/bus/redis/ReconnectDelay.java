package dev.carillon.bus.redis;

/** How long to wait before connecting: not at all at first, then longer each time until something worked. Thread-safe. */
final class ReconnectDelay {

    private static final long FIRST = 10;
    private static final long LONGEST = 500;

    private volatile long next;

    /** In milliseconds. */
    synchronized long nextMillis() {
        long delay = next;
        next = delay == 0 ? FIRST : Math.min(2 * delay, LONGEST);
        return delay;
    }

    /** Called on each answer. */
    void reset() {
        if (next != 0) {
            clear();
        }
    }

    private synchronized void clear() {
        next = 0;
    }
}
