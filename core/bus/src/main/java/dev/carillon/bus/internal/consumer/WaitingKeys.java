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
 * Keys whose next event had to wait, and the events behind it: until it is due, until somebody wakes them, and then for their turn.
 * They take turns, an event at a time. Of the events, only so many keep their data as fit into a budget; the others are parked, which
 * are the last ones of each key. What is read again counts from when it is asked for. One lane's, used by its thread alone.
 */
public final class WaitingKeys {

    /** How much the events behind those that wait may take of the memory, in one lane. */
    record Budget(int messages, long bytes) {

        /** Half of what a consumer may hold is for events that wait, an equal part of it in each lane. */
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

        /** How many of the first ones have their data, or are asked for. */
        private int counted;

        private boolean asleep;

        private KeyQueue(Object key) {
            this.key = key;
        }

        Object key() {
            return key;
        }

        /** The one that the others wait for. */
        InFlightMessage first() {
            return messages.getFirst();
        }

        private boolean isParkedInPart() {
            return counted < messages.size();
        }
    }

    private record Due(long nanos, KeyQueue queue) {}

    private final Budget budget;
    private final Consumer<InFlightMessage> parking;
    private final Map<Object, KeyQueue> waiting = new HashMap<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>((a, b) -> Long.signum(a.nanos() - b.nanos()));
    private final ArrayDeque<KeyQueue> ready = new ArrayDeque<>();

    /** Those that sleep and have data behind their first event: it is parked where others need the room. */
    private final Set<KeyQueue> sleepers = new LinkedHashSet<>();

    private int inMemory;
    private long bytesInMemory;

    /** Parks what does not fit into the budget. */
    WaitingKeys(Budget budget, Consumer<InFlightMessage> parking) {
        this.budget = budget;
        this.parking = parking;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Puts a task behind those of its key that wait; answers false when none do. */
    boolean queue(InFlightMessage message) {
        @Nullable KeyQueue queue = waiting.isEmpty() ? null : waiting.get(message.orderingKey());
        if (queue == null) {
            return false;
        }
        if (message.isParked() || queue.isParkedInPart() || !hasRoomFor(message)) {
            park(message);
            queue.messages.add(message);
            return true;
        }
        queue.messages.add(message);
        count(queue, message);
        noteSleeper(queue);
        return true;
    }

    private void park(InFlightMessage message) {
        if (!message.isParked() || message.hasData()) {
            parking.accept(message);
        }
    }

    /** Whether this task would be the first one of its key to be parked, because it waits and there is no room left behind it. */
    boolean wouldPark(InFlightMessage message) {
        if (message.isParked() || hasRoomFor(message)) {
            return false;
        }
        @Nullable KeyQueue queue = waiting.get(message.orderingKey());
        return queue != null && !queue.isParkedInPart();
    }

    private boolean hasRoomFor(InFlightMessage held) {
        return inMemory < budget.messages() && bytesInMemory + held.bytes() <= budget.bytes();
    }

    private void count(KeyQueue queue, InFlightMessage held) {
        queue.counted++;
        inMemory++;
        bytesInMemory += held.bytes();
    }

    private void uncount(KeyQueue queue, InFlightMessage held) {
        queue.counted--;
        inMemory--;
        bytesInMemory -= held.bytes();
    }

    /** From now on those of its key wait for this task, which sleeps. */
    KeyQueue add(InFlightMessage first) {
        KeyQueue queue = new KeyQueue(first.orderingKey());
        queue.messages.add(first);
        if (!first.isParked()) {
            count(queue, first);
        }
        waiting.put(queue.key, queue);
        return queue;
    }

    /** Whether something more may have its data; parks what lies behind events that sleep, where there is nothing left. */
    boolean makeRoom() {
        while (isFull() && !sleepers.isEmpty()) {
            parkBehindFirst(sleepers.iterator().next());
        }
        return !isFull();
    }

    private boolean isFull() {
        return inMemory >= budget.messages() || bytesInMemory >= budget.bytes();
    }

    private void parkBehindFirst(KeyQueue queue) {
        Deque<InFlightMessage> behind = new ArrayDeque<>();
        InFlightMessage first = queue.messages.removeFirst();
        while (queue.counted > 1) {
            InFlightMessage message = queue.messages.removeFirst();
            uncount(queue, message);
            if (!message.isGone()) {
                park(message);
            }
            behind.addFirst(message);
        }
        behind.forEach(queue.messages::addFirst);
        queue.messages.addFirst(first);
        sleepers.remove(queue);
    }

    /** The next ones of a key that is parked, which are to be read again: as many as there is room for, and one at least. */
    List<InFlightMessage> reserve(KeyQueue queue) {
        List<InFlightMessage> next = new ArrayList<>();
        for (InFlightMessage message : queue.messages) {
            boolean isEnough = next.size() == ParkedMessages.MOST_AT_ONCE || !hasRoomFor(message);
            if (isEnough && !next.isEmpty()) {
                break;
            }
            count(queue, message);
            next.add(message);
        }
        return next;
    }

    /** Of those that were reserved, the ones behind the first one that was not read. */
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

    /** Those of a key that sleep are to be woken then. */
    void wakeAt(KeyQueue queue, long nanos) {
        dues.add(new Due(nanos, queue));
        sleep(queue);
    }

    /** They wait until they are woken. */
    void sleep(KeyQueue queue) {
        queue.asleep = true;
        noteSleeper(queue);
    }

    private void noteSleeper(KeyQueue queue) {
        if (queue.asleep && queue.counted > 1) {
            sleepers.add(queue);
        }
    }

    /** It is the turn of those that sleep, as soon as those had theirs that were ready before. */
    void wake(KeyQueue queue) {
        queue.asleep = false;
        sleepers.remove(queue);
        ready.add(queue);
    }

    /** Those of this key. They wait. */
    KeyQueue of(Object key) {
        return Objects.requireNonNull(waiting.get(key));
    }

    /** Whether any wait for nothing but their turn. */
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** How long until one is ready; 0 or less when one is; a very long time when all sleep. */
    long nanosToNext(long now) {
        if (!ready.isEmpty()) {
            return 0;
        }
        Due next = dues.peek();
        return next == null ? Long.MAX_VALUE : next.nanos() - now;
    }

    /** Those whose turn it is: they sleep again, until they are woken. Null when none is ready. */
    @Nullable
    KeyQueue next(long now) {
        for (Due due = dues.peek(); due != null && due.nanos() - now <= 0; due = dues.peek()) {
            wake(dues.remove().queue());
        }
        return ready.poll();
    }

    /** The first one is done: the next one is ready, if there is one. */
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
