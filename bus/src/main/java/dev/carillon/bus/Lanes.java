package dev.carillon.bus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lanes of a consumer, which work side by side. Used by the polling thread alone. */
final class Lanes {

    /** What a lane was at work on, and since when. */
    private record Sight(@Nullable Task task, Instant since) {
        static final Sight NOTHING = new Sight(null, Instant.EPOCH);
    }

    private final List<Lane> lanes = new ArrayList<>();
    private final List<List<Task>> batches;
    private final List<Sight> sights;
    private final InFlight inFlight;
    private final WaitingKeys.Budget mostBehindOneThatHangs;

    /** The lanes that were at work on the same when last looked at. */
    private final BitSet hangs = new BitSet();

    /** Lanes whose names begin so. */
    Lanes(String name, ConsumerOptions options, LaneWork work, InFlight inFlight, ParkedMessages parked) {
        this.inFlight = inFlight;
        int count = options.lanes();
        WaitingKeys.Budget budget = WaitingKeys.Budget.of(options);
        this.mostBehindOneThatHangs = budget;
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane(
                    name + "-lane-" + i,
                    work,
                    new WaitingKeys(budget, inFlight::park),
                    parked,
                    budget.bytes(),
                    inFlight::wake));
        }
        batches = new ArrayList<>(Collections.nCopies(count, List.of()));
        sights = new ArrayList<>(Collections.nCopies(count, Sight.NOTHING));
    }

    void start() {
        lanes.forEach(Lane::start);
    }

    /**
     * Puts a task behind those of its lane; {@link #flush()} hands it over. A lane whose receiver hangs gets no more than its part
     * of the memory: the rest is parked.
     */
    void add(int number, Task task) {
        Lane lane = lanes.get(number);
        boolean isTooMuch = hangs.get(number)
                && (lane.backlog() >= mostBehindOneThatHangs.messages()
                        || lane.backlogBytes() >= mostBehindOneThatHangs.bytes());
        if (isTooMuch) {
            inFlight.park(task.held());
        }
        collect(number, isTooMuch ? new Parked(task.held()) : task);
    }

    /** The longest queue before a lane that does not hang. */
    int longestBacklog() {
        int longest = 0;
        for (int i = 0; i < lanes.size(); i++) {
            longest = hangs.get(i) ? longest : Math.max(longest, lanes.get(i).backlog());
        }
        return longest;
    }

    /** As {@link #longestBacklog()}, in bytes. */
    long largestBacklog() {
        long largest = 0;
        for (int i = 0; i < lanes.size(); i++) {
            largest = hangs.get(i) ? largest : Math.max(largest, lanes.get(i).backlogBytes());
        }
        return largest;
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
            List<Task> batch = batches.get(i);
            if (!batch.isEmpty()) {
                batches.set(i, List.of());
                lanes.get(i).add(batch);
            }
        }
    }

    /** Looks what the lanes are at work on; answers those that were at work on the same when this looked before. */
    List<ConsumerHealth.BusyLane> look(Instant now) {
        List<ConsumerHealth.BusyLane> busy = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            @Nullable Task task = lanes.get(i).atWork();
            Sight before = sights.get(i);
            if (task != null && task == before.task()) {
                hangs.set(i);
                busy.add(new ConsumerHealth.BusyLane(i, task.message().toString(), before.since()));
            } else {
                hangs.clear(i);
                sights.set(i, new Sight(task, now));
            }
        }
        return busy;
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
