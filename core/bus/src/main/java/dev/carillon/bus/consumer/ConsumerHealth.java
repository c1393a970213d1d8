package dev.carillon.bus.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a consumer is, as it knows itself, for the probes of whatever runs the service. Asking costs nothing and does not touch
 * the broker.
 *
 * @param running whether it runs: it was started, and has not ended
 * @param lastTurn when its polling thread last showed that it goes on; null before the first time
 * @param lastPoll when the broker last answered a poll; null before the first time
 * @param healthy what {@link ConsumerOptions#healthCheck()} said last
 * @param pausedTopics the topics (with prefix) that are paused
 * @param busyWorkers the lanes that were at work on one event for a second or longer
 * @param blocked the messages that block their key because the broker refuses their dead letter, and why
 * @param parkedMessages how many messages wait behind others without their data in memory, see
 *     {@link ConsumerOptions#maxParked()}
 */
public record ConsumerHealth(
        boolean running,
        @Nullable Instant lastTurn,
        @Nullable Instant lastPoll,
        boolean healthy,
        Set<String> pausedTopics,
        List<BusyWorker> busyWorkers,
        List<String> blocked,
        int parkedMessages) {

    /** A polling thread turns at least twice a minute, also while it waits for a broker that is away. */
    private static final Duration SILENT = Duration.ofSeconds(60);

    /** A receiver that takes longer is stuck. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    /**
     * A lane at work.
     *
     * @param worker its number
     * @param message topic and position of the event
     * @param since since when, to within a second
     */
    public record BusyWorker(int worker, String message, Instant since) {}

    /** Takes copies. */
    public ConsumerHealth {
        pausedTopics = Set.copyOf(pausedTopics);
        busyWorkers = List.copyOf(busyWorkers);
        blocked = List.copyOf(blocked);
    }

    /**
     * Liveness: it runs, and its polling thread has shown so within a minute. When this says no, nothing but a restart helps. A
     * broker or a database that is away does not make it say no: restarts do not bring them back.
     */
    public boolean isLive(Instant now) {
        return running && isWithin(lastTurn, now);
    }

    /**
     * Readiness: it is live, the broker has answered a poll within a minute, the health check says yes, no lane has been at
     * work on one event for five minutes, and no message is {@link #blocked()}. A topic that was paused is no reason to say no.
     */
    public boolean isReady(Instant now) {
        return isLive(now)
                && isWithin(lastPoll, now)
                && healthy
                && blocked.isEmpty()
                && stuckWorkers(now).isEmpty();
    }

    /** The lanes that have been at work on one event for five minutes: a receiver hangs, or a dead letter cannot be kept. */
    public List<BusyWorker> stuckWorkers(Instant now) {
        return busyWorkers.stream()
                .filter(each -> each.since().plus(STUCK).isBefore(now))
                .toList();
    }

    private static boolean isWithin(@Nullable Instant sign, Instant now) {
        return sign != null && !sign.plus(SILENT).isBefore(now);
    }
}
