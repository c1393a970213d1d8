package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.ConsumerHealth;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The health of a consumer: recorded by its threads, read by any thread. */
public final class HealthTracker {

    private final Clock clock;
    private final Map<InFlightMessage, String> blocked = new ConcurrentHashMap<>();
    private volatile @Nullable Instant lastProgress;
    private volatile @Nullable Instant lastPoll;
    private volatile boolean healthy = true;
    private volatile int deferred;
    private volatile List<ConsumerHealth.BusyWorker> busyWorkers = List.of();

    public HealthTracker(Clock clock) {
        this.clock = clock;
    }

    void turned(boolean healthy, int deferred) {
        this.lastProgress = clock.instant();
        this.healthy = healthy;
        this.deferred = deferred;
    }

    /** Like {@link #turned(boolean, int)}, while nothing more is read. */
    void turned() {
        this.lastProgress = clock.instant();
    }

    void polled() {
        this.lastPoll = clock.instant();
    }

    void busy(List<ConsumerHealth.BusyWorker> workers) {
        this.busyWorkers = workers;
    }

    /** Records that a message cannot be finished. Returns whether it was not recorded before. */
    boolean blocked(InFlightMessage message, String reason) {
        return blocked.put(message, message.message() + ": " + reason) == null;
    }

    void unblocked(InFlightMessage message) {
        if (!blocked.isEmpty()) {
            blocked.remove(message);
        }
    }

    public ConsumerHealth health(boolean running, PausedTopics paused) {
        blocked.keySet().removeIf(InFlightMessage::isLost);
        return new ConsumerHealth(
                running,
                lastProgress,
                lastPoll,
                healthy,
                paused.now(),
                busyWorkers,
                blocked.values().stream().sorted().toList(),
                deferred);
    }
}
