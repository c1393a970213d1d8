package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Partition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up what other members of the group and operators did about dead letters: before the first message of a partition, and
 * every two seconds or so while messages come. It does so in a thread of its own: the polling thread, whose methods these are,
 * waits for nothing but its source.
 */
final class DeadLetterRefresher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Where there are so many dead letters that looking them up takes long, it is done less often. */
    private static final long TIMES_ITS_DURATION = 10;

    private final FailureHandler failures;
    private final String threadName;
    private final StopSignal stop = new StopSignal();
    private final Set<Partition> known = new HashSet<>();
    private final Set<Partition> beingLookedUp = new HashSet<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean succeeded;
    private volatile long nextRefresh = System.nanoTime();

    DeadLetterRefresher(FailureHandler failures, String threadName) {
        this.failures = failures;
        this.threadName = threadName;
    }

    /** Whether these messages may be delivered; if not, the looking up has begun, and this is to be asked again. */
    boolean isKnownFor(List<IncomingMessage> batch) {
        if (!failures.isShared()) {
            return true;
        }
        if (!busy.get() && !beingLookedUp.isEmpty()) {
            if (succeeded) {
                known.addAll(beingLookedUp);
            }
            beingLookedUp.clear();
        }
        Set<Partition> unknown = new HashSet<>();
        for (IncomingMessage message : batch) {
            unknown.add(new Partition(message.topic(), message.partition()));
        }
        unknown.removeAll(known);
        if ((!unknown.isEmpty() || System.nanoTime() - nextRefresh > 0) && busy.compareAndSet(false, true)) {
            beingLookedUp.addAll(unknown);
            Thread thread = new Thread(this::lookUp, threadName);
            thread.setDaemon(true);
            thread.start();
        }
        return unknown.isEmpty();
    }

    private void lookUp() {
        long begun = System.nanoTime();
        succeeded = false;
        try {
            succeeded = failures.refresh(stop);
        } catch (RuntimeException | Error e) {
            LOG.error("The dead letters could not be looked up; trying again", e);
        } finally {
            long end = System.nanoTime();
            nextRefresh = end + Math.max(REFRESH_NANOS, TIMES_ITS_DURATION * (end - begun));
            busy.set(false);
        }
    }

    /** These partitions become another member's. */
    void forget(Collection<Partition> partitions) {
        known.removeAll(partitions);
        beingLookedUp.removeAll(partitions);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        stop.request();
    }
}
