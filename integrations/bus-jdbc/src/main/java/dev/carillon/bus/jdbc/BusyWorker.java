package dev.carillon.bus.jdbc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lane of which something is in memory: at most one event under way, and those behind it. */
final class BusyLane {

    private final long id;
    private final String topic;
    private final Deque<OutboxRow> queue = new ArrayDeque<>();
    private @Nullable OutboxRow underWay;
    private long sentAt;

    BusyLane(long id, String topic) {
        this.id = id;
        this.topic = topic;
    }

    long id() {
        return id;
    }

    String topic() {
        return topic;
    }

    void add(OutboxRow row) {
        queue.add(row);
    }

    /** The next one, which is under way from now on; null when there is none, or one is under way. */
    @Nullable
    OutboxRow next(long now) {
        if (underWay != null) {
            return null;
        }
        underWay = queue.poll();
        sentAt = now;
        return underWay;
    }

    void answered() {
        underWay = null;
    }

    /** Whether its event is under way for longer than this, in nanoseconds. */
    boolean isSlow(long now, long limit) {
        return underWay != null && now - sentAt > limit;
    }

    boolean isEmpty() {
        return underWay == null && queue.isEmpty();
    }

    /** Lets go of all but the one that is under way. */
    List<OutboxRow> takeQueued() {
        List<OutboxRow> taken = List.copyOf(queue);
        queue.clear();
        return taken;
    }
}
