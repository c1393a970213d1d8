package dev.carillon.bus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The lanes of a consumer, which work side by side. Used by the polling thread alone. */
final class Lanes {

    /**
     * A lane that does fewer from one look to the next, while it is behind, is slow. To read for it once more costs little at
     * that pace.
     */
    private static final int SLOW = 1_000;

    /**
     * What a lane was at work on, and since when, how many tasks it had looked at, and whether it had its part before it, or
     * nothing.
     */
    private record Sight(@Nullable Task task, Instant since, long lookedAt, boolean isBehind, boolean isIdle) {
        static final Sight NOTHING = new Sight(null, Instant.EPOCH, 0, false, false);
    }

    private final List<Lane> lanes = new ArrayList<>();
    private final List<List<Task>> batches;
    private final long[] batchBytes;
    private final List<Sight> sights;
    private final InFlight inFlight;
    private final WaitingKeys.Budget part;

    /** The lanes that get no more than their part of the memory, because they hang or are slow. */
    private final BitSet limited = new BitSet();

    /** Lanes whose names begin so. */
    Lanes(String name, ConsumerOptions options, LaneWork work, InFlight inFlight, ParkedMessages parked) {
        this.inFlight = inFlight;
        int count = options.lanes();
        this.part = WaitingKeys.Budget.of(options);
        for (int i = 0; i < count; i++) {
            lanes.add(
                    new Lane(name + "-lane-" + i, work, new WaitingKeys(part, inFlight::park), parked, inFlight::wake));
        }
        batchBytes = new long[count];
        batches = new ArrayList<>(Collections.nCopies(count, List.of()));
        sights = new ArrayList<>(Collections.nCopies(count, Sight.NOTHING));
    }

    void start() {
        lanes.forEach(Lane::start);
    }

    /**
     * Puts a task behind those of its lane; {@link #flush()} hands it over. A lane that hangs or is slow gets no more than its part
     * of the memory: the rest is parked.
     */
    void add(int number, Task task) {
        Lane lane = lanes.get(number);
        boolean isTooMuch = limited.get(number) && isBehind(lane);
        if (isTooMuch) {
            inFlight.park(task.held());
        }
        collect(number, isTooMuch ? new Parked(task.held()) : task);
        batchBytes[number] += isTooMuch ? 0 : task.held().bytes();
        if (batches.get(number).size() >= part.messages() || batchBytes[number] >= part.bytes()) {
            flush(number);
        }
    }

    /** Whether it has its part of the memory before it. */
    private boolean isBehind(Lane lane) {
        return lane.backlog() >= part.messages() || lane.backlogBytes() >= part.bytes();
    }

    /** The longest queue before a lane that is not limited. */
    int longestBacklog() {
        return (int) mostOfOthers(Lane::backlog);
    }

    /** As {@link #longestBacklog()}, in bytes. */
    long largestBacklog() {
        return mostOfOthers(Lane::backlogBytes);
    }

    private long mostOfOthers(ToLongFunction<Lane> measure) {
        long most = 0;
        for (int i = 0; i < lanes.size(); i++) {
            most = limited.get(i) ? most : Math.max(most, measure.applyAsLong(lanes.get(i)));
        }
        return most;
    }

    private void collect(int lane, Task task) {
        if (batches.get(lane).isEmpty()) {
            batches.set(lane, new ArrayList<>());
        }
        batches.get(lane).add(task);
    }

    /** Hands over what was added. */
    void flush() {
        for (int i = 0; i < lanes.size(); i++) {
            flush(i);
        }
    }

    private void flush(int lane) {
        List<Task> batch = batches.get(lane);
        if (!batch.isEmpty()) {
            batches.set(lane, List.of());
            batchBytes[lane] = 0;
            lanes.get(lane).add(batch);
        }
    }

    /** Looks what the lanes are at work on; answers those that were at work on the same when this looked before. */
    List<ConsumerHealth.BusyLane> look(Instant now) {
        List<ConsumerHealth.BusyLane> busy = new ArrayList<>();
        boolean othersAreIdle = areOthersIdle();
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            @Nullable Task task = lane.atWork();
            Sight before = sights.get(i);
            boolean isLimited = isSlow(lane, before) && (limited.get(i) || othersAreIdle);
            Instant since = now;
            if (task != null && task == before.task()) {
                isLimited = true;
                since = before.since();
                busy.add(new ConsumerHealth.BusyLane(i, task.message().toString(), since));
            }
            limit(i, isLimited);
            sights.set(i, new Sight(task, since, lane.lookedAt(), isBehind(lane), lane.backlog() == 0));
        }
        return busy;
    }

    /** Whether half of the lanes, or more, have nothing to do, and had nothing when this looked before: what is read is too little. */
    private boolean areOthersIdle() {
        int idle = 0;
        for (int i = 0; i < lanes.size(); i++) {
            idle += sights.get(i).isIdle() && lanes.get(i).backlog() == 0 ? 1 : 0;
        }
        return 2 * idle >= lanes.size();
    }

    private boolean isSlow(Lane lane, Sight before) {
        return before.isBehind() && isBehind(lane) && lane.lookedAt() - before.lookedAt() < SLOW;
    }

    private void limit(int number, boolean isLimited) {
        if (isLimited && !limited.get(number)) {
            lanes.get(number).parkAllBut(part, inFlight::park);
        }
        limited.set(number, isLimited);
    }

    /** They end behind what waits. */
    void finish() {
        lanes.forEach(Lane::finish);
    }

    /** They end behind the task at work; what waits is left undone. May be called by a lane. */
    void abandon() {
        lanes.forEach(Lane::abandon);
    }

    /** Interrupts the receivers at work, for lanes that are abandoned. */
    void interrupt() {
        lanes.forEach(Lane::interrupt);
    }

    boolean haveEnded() {
        for (Lane lane : lanes) {
            if (!lane.hasEnded()) {
                return false;
            }
        }
        return true;
    }
}
