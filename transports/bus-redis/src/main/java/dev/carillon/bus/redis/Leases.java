package dev.carillon.bus.redis;

import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes and renews the leases of one source, in a thread and over a connection of its own: however long a poll waits, or the
 * engine takes, a member that lives keeps its leases.
 */
final class Leases implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** How soon a standby notices that a lease is free. */
    private static final Duration RETRY = Duration.ofMillis(250);

    private static final long CLOSE_MILLIS = 2_000;

    private final String group;
    private final LeaseCommands commands;
    private final Duration lease;
    private final RedisLink link;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Thread keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;
    private boolean closed;
    private boolean asked;
    private volatile @Nullable TransportException failure;

    /** The lease of one topic. */
    private static final class Slot {
        private final String topic;
        private volatile @Nullable Grant grant;
        private long renewAt;
        private String toldHolder = "";

        Slot(String topic) {
            this.topic = topic;
        }

        boolean isHeld(long now) {
            Grant current = grant;
            return current != null && current.isValid(now);
        }
    }

    Leases(RedisConnector connector, String group, LeaseCommands commands, Collection<String> topics, Duration lease) {
        this.group = group;
        this.commands = commands;
        this.lease = lease;
        this.link = new RedisLink(connector, lease.dividedBy(3));
        topics.forEach(topic -> slots.put(topic, new Slot(topic)));
        this.keeper = new Thread(this::keep, "carillon-" + group + "-lease");
        keeper.setDaemon(true);
    }

    /** Starts the thread, if that was not done yet, and waits until it has asked for all leases once. */
    void start() {
        if (keeper.getState() == Thread.State.NEW) {
            keeper.start();
        }
        lock.lock();
        try {
            while (!asked) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** The right to read a topic that we have now; null when we have none. */
    @Nullable
    Grant grant(String topic) {
        Slot slot = slots.get(topic);
        return slot != null && slot.isHeld(System.nanoTime()) ? slot.grant : null;
    }

    /** Throws what keeps us from asking for the leases. */
    void check() {
        TransportException current = failure;
        if (current != null) {
            throw new TransportException(String.valueOf(current.getMessage()), current.getCause());
        }
    }

    /** Counts the leases that were taken. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a lease was taken that is not in this number, or something failed; at most so long. */
    void awaitChange(long known, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && changes == known && failure == null && !closed) {
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

    private void keep() {
        try {
            boolean open = true;
            while (open) {
                ask();
                open = await();
            }
            release();
        } catch (RuntimeException | Error e) {
            LOG.error("The leases of group {} cannot be kept any more", group, e);
            failure = new TransportException("The leases of group " + group + " cannot be kept any more: " + e, e);
        } finally {
            slots.values().forEach(Leases::end);
            haveAsked();
            link.close();
        }
    }

    private void haveAsked() {
        lock.lock();
        try {
            asked = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void ask() {
        @Nullable TransportException first = null;
        for (Slot slot : slots.values()) {
            long now = System.nanoTime();
            if (!slot.isHeld(now) || slot.renewAt - now <= 0) {
                try {
                    hold(slot);
                } catch (TransportException e) {
                    LOG.debug("The lease of topic {} for group {}", slot.topic, group, e);
                    first = first == null ? e : first;
                    if (RedisFailure.answered(e).isEmpty()) {
                        break; // the others would wait as long for nothing
                    }
                }
            }
        }
        failure = first;
        haveAsked();
    }

    private void hold(Slot slot) {
        long start = System.nanoTime();
        Grant held = slot.grant;
        boolean renews = held != null && held.isValid(start);
        var answer = link.ask(
                "hold the lease of topic " + slot.topic + " for group " + group, commands.hold(slot.topic, renews));
        boolean ours = Long.valueOf(1).equals(answer.get(0));
        String other = LeaseCommands.consumerOf(GroupView.text(answer.get(1)));
        long until = start + lease.toNanos() - lease.toNanos() / 5;
        slot.renewAt = start + lease.toNanos() / 3;
        if (held != null && renews) {
            if (ours) {
                held.extend(until, System.nanoTime());
            } else {
                held.end();
            }
        } else if (ours) {
            String last = GroupView.text(answer.get(1));
            slot.grant = new Grant(
                    until, last.equals(commands.token()) ? beforeOurselves(held, GroupView.text(answer.get(2))) : last);
            slot.toldHolder = "";
            LOG.info("Group {} reads topic {} with this member (the last one was {})", group, slot.topic, last(other));
            lock.lock();
            try {
                changes++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        } else if (!other.equals(slot.toldHolder)) {
            slot.toldHolder = other;
            LOG.info(
                    "Standby: group {} reads topic {} with member {}; takes over when that ends or falls silent",
                    group,
                    slot.topic,
                    other);
        }
    }

    /**
     * Nobody had it since we did. Who read last was the one before, where our right was over before we used it, or the answer that
     * gave it to us was lost.
     */
    private String beforeOurselves(@Nullable Grant held, String before) {
        if (held == null) {
            return before;
        }
        return held.isUsed() ? commands.token() : held.before();
    }

    private static String last(String consumer) {
        return consumer.isEmpty() ? "none" : consumer;
    }

    /** Waits until something is due; false when this is closed. */
    private boolean await() {
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
            boolean waits = slot.isHeld(now) && failure == null;
            due = Math.min(due, waits ? slot.renewAt - now : RETRY.toNanos());
        }
        return due;
    }

    private void release() {
        for (Slot slot : slots.values()) {
            if (slot.isHeld(System.nanoTime())) {
                end(slot);
                try {
                    link.ask("take back the lease of topic " + slot.topic, commands.release(slot.topic));
                } catch (TransportException e) {
                    LOG.debug("The lease of topic {} for group {} ends by itself", slot.topic, group, e);
                    return;
                }
            }
        }
    }

    private static void end(Slot slot) {
        Grant held = slot.grant;
        if (held != null) {
            held.end();
        }
    }

    /** Gives the leases back, so that standbys take over at once. */
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
            keeper.join(CLOSE_MILLIS);
            if (keeper.isAlive()) {
                keeper.interrupt();
                TimeUnit.MILLISECONDS.timedJoin(keeper, CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            keeper.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
