package dev.carillon.bus;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The signs of life of a consumer: noted by its threads, read by any. */
final class EngineHealth {

    private final Clock clock;
    private final Map<Held, String> blocked = new ConcurrentHashMap<>();
    private volatile @Nullable Instant lastTurn;
    private volatile @Nullable Instant lastPoll;
    private volatile boolean well = true;
    private volatile int parked;
    private volatile List<ConsumerHealth.BusyLane> busyLanes = List.of();

    EngineHealth(Clock clock) {
        this.clock = clock;
    }

    void turned(boolean well, int parked) {
        this.lastTurn = clock.instant();
        this.well = well;
        this.parked = parked;
    }

    /** As {@link #turned(boolean, int)}, while nothing more is read. */
    void turned() {
        this.lastTurn = clock.instant();
    }

    void polled() {
        this.lastPoll = clock.instant();
    }

    void busy(List<ConsumerHealth.BusyLane> lanes) {
        this.busyLanes = lanes;
    }

    /** A message cannot be finished with; answers whether that is news. */
    boolean blocked(Held held, String reason) {
        return blocked.put(held, held.message() + ": " + reason) == null;
    }

    void unblocked(Held held) {
        if (!blocked.isEmpty()) {
            blocked.remove(held);
        }
    }

    ConsumerHealth health(boolean running, PausedTopics paused) {
        blocked.keySet().removeIf(Held::isLost);
        return new ConsumerHealth(
                running,
                lastTurn,
                lastPoll,
                well,
                paused.now(),
                busyLanes,
                blocked.values().stream().sorted().toList(),
                parked);
    }
}
