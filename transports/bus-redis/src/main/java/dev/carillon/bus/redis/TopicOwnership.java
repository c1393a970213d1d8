package dev.carillon.bus.redis;

import java.util.Set;
import java.util.function.Consumer;

/** Which of its topics a source may read. For the polling thread. */
interface TopicOwnership extends AutoCloseable {

    /** Where members share the group: each of them owns all topics from the beginning, and never loses one. */
    TopicOwnership SHARED = new TopicOwnership() {
        @Override
        public boolean isExclusive() {
            return false;
        }

        @Override
        public void start() {}

        @Override
        public void update(Consumer<Set<String>> drop) {}

        @Override
        public long acquisitions() {
            return 0;
        }

        @Override
        public void awaitAcquisition(long known, long timeoutNanos) {}

        @Override
        public void throwFailure() {}

        @Override
        public void close() {}
    };

    /** Whether a topic has one owner at a time, to which the previous one hands over the state of the group. */
    boolean isExclusive();

    /** Starts acquiring leases if necessary, and blocks until it has tried to acquire all of them once. */
    void start();

    /**
     * Gives up topics whose lease was lost, and takes over topics whose lease was acquired.
     *
     * @param drop drops the fetched messages of lost topics
     */
    void update(Consumer<Set<String>> drop);

    /** The number of leases acquired so far. */
    long acquisitions();

    /** Blocks until there are more acquisitions than the known ones, or a failure; at most for the timeout. */
    void awaitAcquisition(long known, long timeoutNanos);

    /** Throws the current failure to acquire or renew leases, if there is one. */
    void throwFailure();

    @Override
    void close();
}
