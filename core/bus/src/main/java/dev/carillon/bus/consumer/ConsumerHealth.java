package dev.carillon.bus.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The health of a consumer, for liveness and readiness probes. Reading it is cheap and does not contact the broker.
 *
 * @param running whether the consumer runs: it was started and has not ended
 * @param lastProgress when the polling thread last showed progress; null before the first time
 * @param lastPoll when the broker last responded to a poll; null before the first time
 * @param healthCheckPassed the last result of {@link ConsumerOptions#healthCheck()}
 * @param pausedTopics the topics (with prefix) that are paused
 * @param busyWorkers the workers that have been processing one event for a second or longer
 * @param blocked the messages that block their key because the broker refuses their dead letter, and why
 * @param deferredMessages the number of messages that wait behind others without their data in memory, see
 *     {@link ConsumerOptions#maxDeferred()}
 */
public record ConsumerHealth(
        boolean running,
        @Nullable Instant lastProgress,
        @Nullable Instant lastPoll,
        boolean healthCheckPassed,
        Set<String> pausedTopics,
        List<BusyWorker> busyWorkers,
        List<String> blocked,
        int deferredMessages) {

    /** A polling thread shows progress at least twice a minute, even while it waits for an unavailable broker. */
    private static final Duration SILENT = Duration.ofSeconds(60);

    /** A receiver that takes longer counts as stuck. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    /**
     * A worker that is processing an event.
     *
     * @param worker its number
     * @param message topic and position of the event
     * @param since the start time, accurate to a second
     */
    public record BusyWorker(int worker, String message, Instant since) {}

    /** Copies the collections. */
    public ConsumerHealth {
        pausedTopics = Set.copyOf(pausedTopics);
        busyWorkers = List.copyOf(busyWorkers);
        blocked = List.copyOf(blocked);
    }

    /**
     * Liveness: the consumer runs, and its polling thread has shown progress within the last minute. When this is false, only a
     * restart helps. An unavailable broker or database does not make it false: a restart does not bring them back.
     */
    public boolean isLive(Instant now) {
        return running && isWithin(lastProgress, now);
    }

    /**
     * Readiness: the consumer is live, the broker has responded to a poll within the last minute, the health check returns
     * true, no worker has been processing one event for five minutes, and no message is {@link #blocked()}. A paused topic does
     * not make it false.
     */
    public boolean isReady(Instant now) {
        return isLive(now)
                && isWithin(lastPoll, now)
                && healthCheckPassed
                && blocked.isEmpty()
                && stuckWorkers(now).isEmpty();
    }

    /**
     * The workers that have been processing one event for five minutes: a receiver hangs, or a dead letter cannot be stored.
     */
    public List<BusyWorker> stuckWorkers(Instant now) {
        return busyWorkers.stream()
                .filter(each -> each.since().plus(STUCK).isBefore(now))
                .toList();
    }

    private static boolean isWithin(@Nullable Instant lastSeen, Instant now) {
        return lastSeen != null && !lastSeen.plus(SILENT).isBefore(now);
    }
}
