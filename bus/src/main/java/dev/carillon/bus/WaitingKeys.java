package dev.carillon.bus;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose next event has to wait, and the events behind it. Of these, only so many keep their data as fit into a budget; the
 * others are parked. One lane's, used by its thread alone.
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

    /** The events of one key, in order; the first has to wait. */
    static final class KeyQueue {
        private final Object key;
        private final ArrayDeque<Task> tasks = new ArrayDeque<>();

        KeyQueue(Task first) {
            this.key = first.held().key();
            tasks.add(first);
        }

        Object key() {
            return key;
        }

        /** The next one; null when there is none left. */
        @Nullable
        Task first() {
            return tasks.peekFirst();
        }

        void removeFirst() {
            tasks.removeFirst();
        }

        void replaceFirst(Task task) {
            tasks.removeFirst();
            tasks.addFirst(task);
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
    private int behind;
    private long bytesBehind;

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
        return behind >= budget.messages() || bytesBehind + task.held().bytes() > budget.bytes();
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
            behind += sign;
            bytesBehind += (long) sign * task.held().bytes();
        }
    }

    /** The first task of these has to wait until then, and the others behind it. */
    void add(KeyQueue queue, long dueNanos) {
        add(queue);
        dues.add(new Due(dueNanos, queue));
    }

    /** The first task of these has to wait until {@link #take} is called for its key. */
    void add(KeyQueue queue) {
        waiting.put(queue.key(), queue);
        queue.tasks.forEach(task -> count(task, 1));
    }

    /** How long until the next one is due; 0 or less when it is; a very long time when there is none. */
    long nanosToNext(long now) {
        Due next = dues.peek();
        return next == null ? Long.MAX_VALUE : next.nanos() - now;
    }

    /** Takes out the tasks of a key that is due; null when none is. */
    @Nullable
    KeyQueue takeDue(long now) {
        return nanosToNext(now) > 0 ? null : take(dues.remove().queue().key());
    }

    /** Takes out the tasks of a key; null when it does not wait. */
    @Nullable
    KeyQueue take(Object key) {
        @Nullable KeyQueue queue = waiting.remove(key);
        if (queue != null) {
            queue.tasks.forEach(task -> count(task, -1));
        }
        return queue;
    }
}
