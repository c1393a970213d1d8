package dev.carillon.bus.redis;

/** How many entries to ask for at once: as many as fit into a few megabytes, if they are as large as the largest of the last page. */
final class PageSize {

    private static final int FIRST = 8;
    private static final int MOST = 128;
    private static final int GROWTH = 4;
    private static final long BYTES = 4 << 20;

    private int count = FIRST;

    int count() {
        return count;
    }

    /** A page was read, whose largest entry was of this size. */
    void read(long largest) {
        long fitting = BYTES / Math.max(1, largest);
        count = (int) Math.max(1, Math.min(Math.min(MOST, (long) count * GROWTH), fitting));
    }
}
