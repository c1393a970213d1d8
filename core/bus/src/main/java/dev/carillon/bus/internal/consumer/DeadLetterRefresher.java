package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Partition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/**
 * Reads the changes to dead letters by other group members and operators: before the first message of a partition, and about
 * every two seconds while messages arrive. Reads in a thread of its own, so that the polling thread, which calls these methods,
 * blocks only on its source.
 */
final class DeadLetterRefresher implements AutoCloseable {

    private static final Logger LOG = Loggers.CONSUMER;
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** With many dead letters, a refresh takes long. The pause after it is at least this many times its duration. */
    private static final long TIMES_ITS_DURATION = 10;

    private final FailureHandler failures;
    private final String threadName;
    private final StopSignal stop = new StopSignal();
    private final Set<Partition> known = new HashSet<>();
    private final Set<Partition> refreshing = new HashSet<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean succeeded;
    private volatile long nextRefresh = System.nanoTime();

    DeadLetterRefresher(FailureHandler failures, String threadName) {
        this.failures = failures;
        this.threadName = threadName;
    }

    /** Returns whether these messages may be delivered. If not, a refresh is running or has been started; call again later. */
    boolean isKnownFor(List<IncomingMessage> batch) {
        if (!failures.blocksKeys()) {
            return true;
        }
        if (!busy.get() && !refreshing.isEmpty()) {
            if (succeeded) {
                known.addAll(refreshing);
            }
            refreshing.clear();
        }
        Set<Partition> unknown = new HashSet<>();
        for (IncomingMessage message : batch) {
            unknown.add(new Partition(message.topic(), message.partition()));
        }
        unknown.removeAll(known);
        if ((!unknown.isEmpty() || System.nanoTime() - nextRefresh > 0) && busy.compareAndSet(false, true)) {
            refreshing.addAll(unknown);
            Thread thread = new Thread(this::refresh, threadName);
            thread.setDaemon(true);
            thread.start();
        }
        return unknown.isEmpty();
    }

    private void refresh() {
        long begun = System.nanoTime();
        succeeded = false;
        try {
            succeeded = failures.refresh(stop);
        } catch (RuntimeException | Error e) {
            LOG.error("Reading the dead letters failed; retrying", e);
        } finally {
            long end = System.nanoTime();
            nextRefresh = end + Math.max(REFRESH_NANOS, TIMES_ITS_DURATION * (end - begun));
            busy.set(false);
        }
    }

    /** Forgets these partitions, which have been revoked. */
    void forget(Collection<Partition> partitions) {
        known.removeAll(partitions);
        refreshing.removeAll(partitions);
    }

    /** Stops a refresh that is in progress. */
    @Override
    public void close() {
        stop.request();
    }
}
