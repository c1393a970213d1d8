package dev.carillon.bus;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose next event had to wait, and the events behind it: until it is due, until somebody wakes them, and then for their turn.
 * They take turns, an event at a time. Of the events, only so many keep their data as fit into a budget; the others are parked. One
 * lane's, used by its thread alone.
 */
final class WaitingKeys {

    /** How much the events behind those that wait may take of the memory, in one lane. */
    record Budget(int messages, long bytes) {

        /** Half of what a consumer may hold is for events that wait, an equal part of it in each lane. */
        static Budget of(ConsumerOptions options) {
            return new Budget(
                    options.maxInFlight() / (2 * options.lanes()), options.maxInFlightBytes() / (2L * options.lanes()));
        }
    }

    /** The events of one key, in order. */
    static final class KeyQueue {
        private final Object key;
        private final ArrayDeque<Task> tasks = new ArrayDeque<>();

        private KeyQueue(Object key) {
            this.key = key;
        }

        Object key() {
            return key;
        }

        /** The one that the others wait for. */
        Task first() {
            return tasks.getFirst();
        }

        Iterable<Task> tasks() {
            return tasks;
        }
    }

    private record Due(long nanos, KeyQueue queue) {}

    private final Budget budget;
    private final Consumer<Held> parking;
    private final Map<Object, KeyQueue> waiting = new HashMap<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>((a, b) -> Long.signum(a.nanos() - b.nanos()));
    private final ArrayDeque<KeyQueue> ready = new ArrayDeque<>();
    private int inMemory;
    private long bytesInMemory;

    /** Parks what does not fit into the budget. */
    WaitingKeys(Budget budget, Consumer<Held> parking) {
        this.budget = budget;
        this.parking = parking;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Puts a task behind those of its key that wait; answers false when none do. */
    boolean queue(Task task) {
        @Nullable
        KeyQueue queue = waiting.isEmpty() ? null : waiting.get(task.held().key());
        if (queue == null) {
            return false;
        }
        queue.tasks.add(parkedWhereNeeded(task));
        return true;
    }

    /** Whether this task would be parked, because its key waits and there is no room left behind it. */
    boolean wouldPark(Task task) {
        return !(task instanceof Parked)
                && isFullFor(task)
                && waiting.containsKey(task.held().key());
    }

    private boolean isFullFor(Task task) {
        return inMemory >= budget.messages() || bytesInMemory + task.held().bytes() > budget.bytes();
    }

    private Task parkedWhereNeeded(Task task) {
        if (task instanceof Parked) {
            return task;
        }
        if (isFullFor(task)) {
            parking.accept(task.held());
            return new Parked(task.held());
        }
        count(task, 1);
        return task;
    }

    private void count(Task task, int sign) {
        if (!(task instanceof Parked)) {
            inMemory += sign;
            bytesInMemory += (long) sign * task.held().bytes();
        }
    }

    /** From now on those of its key wait for this task, which sleeps. */
    KeyQueue add(Task first) {
        KeyQueue queue = new KeyQueue(first.held().key());
        queue.tasks.add(first);
        count(first, 1);
        waiting.put(queue.key, queue);
        return queue;
    }

    /** Those of a key that sleep are to be woken then. */
    void wakeAt(KeyQueue queue, long nanos) {
        dues.add(new Due(nanos, queue));
    }

    /** It is the turn of those that sleep, as soon as those had theirs that were ready before. */
    void wake(KeyQueue queue) {
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
            ready.add(dues.remove().queue());
        }
        return ready.poll();
    }

    /** The first one has its data again. */
    void replaceFirst(KeyQueue queue, Task task) {
        count(queue.tasks.removeFirst(), -1);
        queue.tasks.addFirst(task);
        count(task, 1);
    }

    /** The first one is done: the next one is ready, if there is one. */
    void removeFirst(KeyQueue queue) {
        count(queue.tasks.removeFirst(), -1);
        if (queue.tasks.isEmpty()) {
            waiting.remove(queue.key);
        } else {
            wake(queue);
        }
    }
}
