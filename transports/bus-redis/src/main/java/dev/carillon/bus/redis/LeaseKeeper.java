package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.text;

import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires and renews the leases of one source, in a thread and over a connection of its own: a live member keeps its leases
 * however long a poll or the engine blocks. Thread-safe.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** How often a standby tries to acquire a lease. */
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);

    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final String group;
    private final LeaseCommands commands;
    private final Duration duration;
    private final RedisCommandExecutor redis;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long acquisitions;
    private boolean closed;
    private boolean triedAll;
    private volatile @Nullable TransportException failure;

    /** The lease of one topic. */
    private static final class Slot {
        private final String topic;
        private volatile @Nullable Lease lease;
        private long renewAt;
        private String loggedHolder = "";

        Slot(String topic) {
            this.topic = topic;
        }

        boolean isOwned(long now) {
            Lease current = lease;
            return current != null && current.isValid(now);
        }

        void expire() {
            Lease current = lease;
            if (current != null) {
                current.expire();
            }
        }
    }

    LeaseKeeper(
            RedisConnector connector,
            String group,
            LeaseCommands commands,
            Collection<String> topics,
            Duration duration) {
        this.group = group;
        this.commands = commands;
        this.duration = duration;
        this.redis = new RedisCommandExecutor(connector, duration.dividedBy(3));
        topics.forEach(topic -> slots.put(topic, new Slot(topic)));
        this.thread = new Thread(this::run, "carillon-" + group + "-lease");
        thread.setDaemon(true);
    }

    /** Starts the thread if necessary, and blocks until it has tried to acquire all leases once. */
    void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        lock.lock();
        try {
            while (!triedAll) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** The valid lease of a topic; null if this member has none. */
    @Nullable
    Lease lease(String topic) {
        Slot slot = slots.get(topic);
        return slot != null && slot.isOwned(System.nanoTime()) ? slot.lease : null;
    }

    /** Throws the current failure to acquire or renew leases, if there is one. */
    void throwFailure() {
        TransportException current = failure;
        if (current != null) {
            throw new TransportException(String.valueOf(current.getMessage()), current.getCause());
        }
    }

    /** The number of leases acquired so far. */
    long acquisitions() {
        lock.lock();
        try {
            return acquisitions;
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until there are more acquisitions than the known ones, or a failure; at most for the timeout. */
    void awaitAcquisition(long known, long timeoutNanos) {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (left > 0 && acquisitions == known && failure == null && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private TransportException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransportException("Interrupted while waiting for a lease of group " + group, e);
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                acquireOrRenewDue();
                open = awaitDue();
            }
            releaseAll();
        } catch (RuntimeException | Error e) {
            LOG.error("Leases of group {} are no longer renewed after an error; this member stops reading", group, e);
            failure = new TransportException("Leases of group " + group + " are no longer renewed: " + e, e);
        } finally {
            slots.values().forEach(Slot::expire);
            signalTriedAll();
            redis.close();
        }
    }

    private void signalTriedAll() {
        lock.lock();
        try {
            triedAll = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void acquireOrRenewDue() {
        @Nullable TransportException first = null;
        for (Slot slot : slots.values()) {
            long now = System.nanoTime();
            if (!slot.isOwned(now) || slot.renewAt - now <= 0) {
                try {
                    acquireOrRenew(slot);
                } catch (TransportException e) {
                    LOG.debug("Lease of topic {} for group {} was not acquired or renewed", slot.topic, group, e);
                    first = first == null ? e : first;
                    if (RedisExceptionTranslator.serverError(e).isEmpty()) {
                        break; // Redis is unreachable: the other leases would wait for the same timeout in vain
                    }
                }
            }
        }
        failure = first;
        signalTriedAll();
    }

    private void acquireOrRenew(Slot slot) {
        long start = System.nanoTime();
        Lease current = slot.lease;
        boolean renews = current != null && current.isValid(start);
        List<Object> reply = redis.execute(
                "acquire the lease of topic " + slot.topic + " for group " + group,
                commands.acquire(slot.topic, renews));
        boolean acquired = Long.valueOf(1).equals(reply.get(0));
        String otherToken = text(reply.get(1));
        String other = LeaseCommands.consumerOf(otherToken);
        // Ends earlier here than in Redis: clocks and threads may be late.
        long validUntil = start + duration.toNanos() - duration.toNanos() / 5;
        slot.renewAt = start + duration.toNanos() / 3;
        if (current != null && renews) {
            if (acquired) {
                current.extend(validUntil, System.nanoTime());
            } else {
                current.expire();
            }
        } else if (acquired) {
            slot.lease = new Lease(
                    validUntil,
                    otherToken.equals(commands.token()) ? holderBeforeThis(current, text(reply.get(2))) : otherToken);
            slot.loggedHolder = "";
            LOG.info(
                    "Lease of topic {} for group {} acquired: this member reads the topic now (previous member: {})",
                    slot.topic,
                    group,
                    other.isEmpty() ? "none" : other);
            lock.lock();
            try {
                acquisitions++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        } else if (!other.equals(slot.loggedHolder)) {
            slot.loggedHolder = other;
            LOG.info(
                    "Lease of topic {} for group {} belongs to member {}: this member is a standby, and takes over when that"
                            + " one ends or stops responding",
                    slot.topic,
                    group,
                    other);
        }
    }

    /**
     * The token of the member that read the topic last, when Redis names this member as the last holder of the lease. That is another
     * member if this one never used its lease: the lease expired too early, or the reply that granted it was lost.
     */
    private String holderBeforeThis(@Nullable Lease expired, String before) {
        if (expired == null) {
            return before;
        }
        return expired.isUsed() ? commands.token() : expired.previousHolder();
    }

    /** Blocks until a lease has to be acquired or renewed. Returns false if this was closed. */
    private boolean awaitDue() {
        lock.lock();
        try {
            long left = nanosUntilDue();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntilDue() {
        long now = System.nanoTime();
        long due = Long.MAX_VALUE;
        for (Slot slot : slots.values()) {
            boolean waitsForRenewal = slot.isOwned(now) && failure == null;
            due = Math.min(due, waitsForRenewal ? slot.renewAt - now : RETRY_INTERVAL.toNanos());
        }
        return due;
    }

    private void releaseAll() {
        for (Slot slot : slots.values()) {
            if (slot.isOwned(System.nanoTime())) {
                slot.expire();
                try {
                    redis.execute("release the lease of topic " + slot.topic, commands.release(slot.topic));
                } catch (TransportException e) {
                    LOG.debug(
                            "Lease of topic {} for group {} was not released, and expires by itself",
                            slot.topic,
                            group,
                            e);
                    return;
                }
            }
        }
    }

    /** Releases all leases, so that standbys take over at once, and stops the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
                TimeUnit.MILLISECONDS.timedJoin(thread, CLOSE_TIMEOUT_MILLIS);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
