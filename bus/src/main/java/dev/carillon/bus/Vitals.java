package dev.carillon.bus;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signs of life of a consumer: noted by its polling thread, read by any. */
final class Vitals {

    private final Clock clock;
    private volatile @Nullable Instant lastTurn;
    private volatile @Nullable Instant lastPoll;
    private volatile boolean well = true;
    private volatile List<ConsumerHealth.BusyLane> busyLanes = List.of();

    Vitals(Clock clock) {
        this.clock = clock;
    }

    void turned(boolean well) {
        this.lastTurn = clock.instant();
        this.well = well;
    }

    void polled() {
        this.lastPoll = clock.instant();
    }

    void busy(List<ConsumerHealth.BusyLane> lanes) {
        this.busyLanes = lanes;
    }

    ConsumerHealth health(boolean running, PausedTopics paused) {
        return new ConsumerHealth(running, lastTurn, lastPoll, well, paused.now(), busyLanes);
    }
}
