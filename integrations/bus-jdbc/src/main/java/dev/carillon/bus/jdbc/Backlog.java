package dev.carillon.bus.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a relay has of the table in memory: the ids of what waits, as it was visible in one moment, and of those the next rows, by
 * lane. Of a lane, one event is under way at a time, so that a later one can never overtake one that fails and is tried again.
 */
final class Backlog {

    /** An event that is under way for so long does not keep the place of those behind it. */
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int maxRows;
    private final Deque<Long> listed = new ArrayDeque<>();
    private final Map<Long, BusyLane> lanes = new HashMap<>();
    private final Deque<BusyLane> ready = new ArrayDeque<>();
    private final Set<Long> inMemory = new HashSet<>();
    private int underWay;

    Backlog(int maxRows) {
        this.maxRows = maxRows;
    }

    /** What waits, in order. */
    void listed(List<Long> ids) {
        listed.clear();
        ids.stream().filter(id -> !inMemory.contains(id)).forEach(listed::add);
    }

    /** The ids of those to be read next: none while there is not room for many. */
    List<Long> toRead() {
        int room = maxRows - inMemory.size();
        List<Long> ids = new ArrayList<>();
        while (2 * room >= maxRows && ids.size() < room && !listed.isEmpty()) {
            ids.add(listed.remove());
        }
        return ids;
    }

    /** These are not read yet after all. */
    void giveBack(List<Long> ids) {
        for (int i = ids.size() - 1; i >= 0; i--) {
            listed.addFirst(ids.get(i));
        }
    }

    void add(OutboxRow row) {
        BusyLane lane = lanes.computeIfAbsent(row.lane(), id -> new BusyLane(id, row.topic()));
        if (lane.isEmpty()) {
            ready.add(lane);
        }
        lane.add(row);
        inMemory.add(row.id());
    }

    /** The next one to be sent, which is under way from now on; null when there is none. */
    @Nullable
    OutboxRow next() {
        BusyLane lane = ready.poll();
        if (lane == null) {
            return null;
        }
        underWay++;
        return Objects.requireNonNull(lane.next(System.nanoTime()), "a lane that is ready has a row");
    }

    /** What became of this one is known. */
    void answered(OutboxRow row) {
        underWay--;
        inMemory.remove(row.id());
        BusyLane lane = Objects.requireNonNull(lanes.get(row.lane()), "the lane of what is under way");
        lane.answered();
        if (lane.isEmpty()) {
            lanes.remove(lane.id());
        } else {
            ready.add(lane);
        }
    }

    /** Forgets what was read of this topic and is not under way. */
    void dropTopic(String topic) {
        drop(lanes.values().stream().filter(lane -> lane.topic().equals(topic)).toList());
    }

    /** Forgets what was read of this lane and is not under way. */
    void dropLane(long id) {
        BusyLane lane = lanes.get(id);
        if (lane != null) {
            drop(List.of(lane));
        }
    }

    /** Makes room that is taken by rows behind a slow one; answers the lanes that are slow. */
    Set<Long> dropBehindSlow() {
        long now = System.nanoTime();
        List<BusyLane> slow = lanes.values().stream()
                .filter(lane -> lane.isSlow(now, SLOW_NANOS))
                .toList();
        drop(slow);
        Set<Long> ids = new HashSet<>();
        slow.forEach(lane -> ids.add(lane.id()));
        return ids;
    }

    /** Forgets all that is not under way. */
    void dropAll() {
        drop(List.copyOf(lanes.values()));
    }

    /** Other rows of these lanes may be listed, too; so what waits has to be listed again. */
    private void drop(List<BusyLane> dropped) {
        for (BusyLane lane : dropped) {
            lane.takeQueued().forEach(row -> inMemory.remove(row.id()));
            if (lane.isEmpty()) {
                lanes.remove(lane.id());
                ready.remove(lane);
            }
        }
        if (!dropped.isEmpty()) {
            listed.clear();
        }
    }

    void forgetListed() {
        listed.clear();
    }

    /** The topics of which something is in memory. */
    Set<String> topics() {
        Set<String> topics = new HashSet<>();
        lanes.values().forEach(lane -> topics.add(lane.topic()));
        return topics;
    }

    /** Whether nothing can be sent before something is listed, or answered. */
    boolean isExhausted() {
        return listed.isEmpty() && ready.isEmpty();
    }

    /** Whether listed rows can be read at once. */
    boolean hasRoomForListed() {
        return !listed.isEmpty() && 2 * (maxRows - inMemory.size()) >= maxRows;
    }

    int underWay() {
        return underWay;
    }
}
