package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.ConsumerOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose first event has to wait, and the events behind it. A key waits until it is due or is woken, and then for its turn.
 * Keys take turns, one event at a time. Only as many events keep their data as fit into a budget; the others, which are the
 * last ones of each key, are deferred. Events that are read again count from when they are requested. Used by the thread of one
 * worker alone.
 */
final class WaitingKeys {

    /** The maximum memory for the events that wait in one worker. */
    record Budget(int messages, long bytes) {

        /** Half of what may be in flight is for events that wait, divided equally between the workers. */
        static Budget of(ConsumerOptions options) {
            return new Budget(
                    Math.max(1, options.maxInFlight() / (2 * options.concurrency())),
                    Math.max(1, options.maxInFlightBytes() / (2L * options.concurrency())));
        }
    }

    /** The events of one key, in order. */
    static final class KeyQueue {
        private final Object key;
        private final ArrayDeque<InFlightMessage> messages = new ArrayDeque<>();

        /** How many messages at the front of the queue have their data, or are requested. */
        private int counted;

        private boolean asleep;

        private KeyQueue(Object key) {
            this.key = key;
        }

        Object key() {
            return key;
        }

        /** The message that the others wait for. */
        InFlightMessage first() {
            return messages.getFirst();
        }

        private boolean isPartlyDeferred() {
            return counted < messages.size();
        }
    }

    private record Due(long nanos, KeyQueue queue) {}

    private final Budget budget;
    private final Consumer<InFlightMessage> deferral;
    private final Map<Object, KeyQueue> waiting = new HashMap<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>((a, b) -> Long.signum(a.nanos() - b.nanos()));
    private final ArrayDeque<KeyQueue> ready = new ArrayDeque<>();

    /** Keys that sleep and have data behind their first event. That data is dropped when others need the capacity. */
    private final Set<KeyQueue> sleepers = new LinkedHashSet<>();

    private int inMemory;
    private long bytesInMemory;

    /** Messages that do not fit into the budget are deferred by {@code deferral}. */
    WaitingKeys(Budget budget, Consumer<InFlightMessage> deferral) {
        this.budget = budget;
        this.deferral = deferral;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Adds a message to the queue of its key. Returns false when no message of that key waits; the message is then not added. */
    boolean queue(InFlightMessage message) {
        @Nullable KeyQueue queue = waiting.isEmpty() ? null : waiting.get(message.orderingKey());
        if (queue == null) {
            return false;
        }
        if (message.isDeferred() || queue.isPartlyDeferred() || !hasCapacityFor(message)) {
            defer(message);
            queue.messages.add(message);
            return true;
        }
        queue.messages.add(message);
        count(queue, message);
        noteSleeper(queue);
        return true;
    }

    private void defer(InFlightMessage message) {
        if (!message.isDeferred() || message.hasData()) {
            deferral.accept(message);
        }
    }

    /**
     * Whether this message would be the first of its key to be deferred, because its key waits and the budget has no capacity
     * left.
     */
    boolean wouldDefer(InFlightMessage message) {
        if (message.isDeferred() || hasCapacityFor(message)) {
            return false;
        }
        @Nullable KeyQueue queue = waiting.get(message.orderingKey());
        return queue != null && !queue.isPartlyDeferred();
    }

    private boolean hasCapacityFor(InFlightMessage message) {
        return inMemory < budget.messages() && bytesInMemory + message.bytes() <= budget.bytes();
    }

    private void count(KeyQueue queue, InFlightMessage message) {
        queue.counted++;
        inMemory++;
        bytesInMemory += message.bytes();
    }

    private void uncount(KeyQueue queue, InFlightMessage message) {
        queue.counted--;
        inMemory--;
        bytesInMemory -= message.bytes();
    }

    /** From now on, the messages of its key wait behind this message, which sleeps. */
    KeyQueue add(InFlightMessage first) {
        KeyQueue queue = new KeyQueue(first.orderingKey());
        queue.messages.add(first);
        if (!first.isDeferred()) {
            count(queue, first);
        }
        waiting.put(queue.key, queue);
        return queue;
    }

    /**
     * Returns whether there is capacity for the data of another message. Defers messages behind those that sleep when there is
     * none.
     */
    boolean makeCapacity() {
        while (isFull() && !sleepers.isEmpty()) {
            deferBehindFirst(sleepers.iterator().next());
        }
        return !isFull();
    }

    private boolean isFull() {
        return inMemory >= budget.messages() || bytesInMemory >= budget.bytes();
    }

    private void deferBehindFirst(KeyQueue queue) {
        Deque<InFlightMessage> behind = new ArrayDeque<>();
        InFlightMessage first = queue.messages.removeFirst();
        while (queue.counted > 1) {
            InFlightMessage message = queue.messages.removeFirst();
            uncount(queue, message);
            if (!message.isGone()) {
                defer(message);
            }
            behind.addFirst(message);
        }
        behind.forEach(queue.messages::addFirst);
        queue.messages.addFirst(first);
        sleepers.remove(queue);
    }

    /**
     * Returns the next messages of a deferred key, to be read again: as many as fit into the budget, but at least one. They
     * count as in memory from now on.
     */
    List<InFlightMessage> reserve(KeyQueue queue) {
        List<InFlightMessage> next = new ArrayList<>();
        for (InFlightMessage message : queue.messages) {
            boolean isEnough = next.size() == DeferredMessages.MAX_BATCH || !hasCapacityFor(message);
            if (isEnough && !next.isEmpty()) {
                break;
            }
            count(queue, message);
            next.add(message);
        }
        return next;
    }

    /** Releases the reservation of a key's messages from the first one that was not read. */
    void releaseUnread(KeyQueue queue) {
        int most = queue.counted;
        boolean isRead = true;
        for (InFlightMessage message : queue.messages) {
            if (most-- == 0) {
                return;
            }
            isRead &= message.hasData() || message.isGone() || message.isRevoked();
            if (!isRead) {
                uncount(queue, message);
            }
        }
    }

    /** Lets a key sleep until this {@link System#nanoTime()}. */
    void wakeAt(KeyQueue queue, long nanos) {
        dues.add(new Due(nanos, queue));
        sleep(queue);
    }

    /** Lets a key sleep until it is woken. */
    void sleep(KeyQueue queue) {
        queue.asleep = true;
        noteSleeper(queue);
    }

    private void noteSleeper(KeyQueue queue) {
        if (queue.asleep && queue.counted > 1) {
            sleepers.add(queue);
        }
    }

    /** Makes a key ready. Its turn comes after the keys that were ready before. */
    void wake(KeyQueue queue) {
        queue.asleep = false;
        sleepers.remove(queue);
        ready.add(queue);
    }

    /** The queue of this key, which must be waiting. */
    KeyQueue of(Object key) {
        return Objects.requireNonNull(waiting.get(key));
    }

    /** Whether a key waits only for its turn. */
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** The nanoseconds until a key is ready: 0 or less when one is, {@link Long#MAX_VALUE} when none is scheduled. */
    long nanosToNext(long now) {
        if (!ready.isEmpty()) {
            return 0;
        }
        Due next = dues.peek();
        return next == null ? Long.MAX_VALUE : next.nanos() - now;
    }

    /** Returns the key whose turn it is; it is no longer ready until it is woken again. Null when none is ready. */
    @Nullable
    KeyQueue next(long now) {
        for (Due due = dues.peek(); due != null && due.nanos() - now <= 0; due = dues.peek()) {
            wake(dues.remove().queue());
        }
        return ready.poll();
    }

    /** Removes the first message of a key, which is done. The next one is ready, if there is one. */
    void removeFirst(KeyQueue queue) {
        InFlightMessage done = queue.messages.removeFirst();
        if (queue.counted > 0) {
            uncount(queue, done);
        }
        if (queue.messages.isEmpty()) {
            waiting.remove(queue.key);
        } else {
            wake(queue);
        }
    }
}
