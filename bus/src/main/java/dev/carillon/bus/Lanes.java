package dev.carillon.bus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** The lanes of a consumer, which work side by side. Used by the polling thread alone. */
final class Lanes {

    private final List<Lane> lanes = new ArrayList<>();
    private final List<List<Task>> batches;

    /** Lanes that call {@code atPause} behind each batch, and as each ends. */
    Lanes(int count, String name, Function<Task, Outcome> work, Runnable atPause) {
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane(name + "-lane-" + i, work, atPause));
        }
        batches = new ArrayList<>(Collections.nCopies(count, List.of()));
    }

    void start() {
        lanes.forEach(Lane::start);
    }

    /** Puts a task behind those of its lane; {@link #flush()} hands it over. */
    void add(int lane, Task task) {
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
