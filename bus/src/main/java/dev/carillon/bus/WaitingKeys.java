package dev.carillon.bus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Keys whose next event has to wait, and the events behind it. One lane's, used by its thread alone. */
final class WaitingKeys {

    private record Due(long nanos, Object key) {}

    private final Map<Object, ArrayDeque<Task>> waiting = new HashMap<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>((a, b) -> Long.signum(a.nanos() - b.nanos()));

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Puts a task behind those of its key that wait; answers false when none do. */
    boolean queue(Task task) {
        ArrayDeque<Task> behind =
                waiting.isEmpty() ? null : waiting.get(task.held().key());
        return behind != null && behind.add(task);
    }

    /** The first task of these has to wait until then, and the others behind it. */
    void add(List<Task> tasks, long dueNanos) {
        Object key = tasks.get(0).held().key();
        waiting.put(key, new ArrayDeque<>(tasks));
        dues.add(new Due(dueNanos, key));
    }

    /** How long until the next one is due; 0 or less when it is; a very long time when there is none. */
    long nanosToNext(long now) {
        Due next = dues.peek();
        return next == null ? Long.MAX_VALUE : next.nanos() - now;
    }

    /** Takes out the tasks of the key that is due; empty when none is. */
    List<Task> takeDue(long now) {
        if (nanosToNext(now) > 0) {
            return List.of();
        }
        ArrayDeque<Task> tasks = waiting.remove(dues.remove().key());
        return tasks == null ? List.of() : new ArrayList<>(tasks);
    }
}
