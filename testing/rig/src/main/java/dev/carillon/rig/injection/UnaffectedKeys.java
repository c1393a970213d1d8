package dev.carillon.rig.injection;

import dev.carillon.rig.judge.RecordedEvent;
import dev.carillon.rig.service.Counters;
import dev.carillon.rig.service.Tables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Checks that a fault does not delay keys that it does not affect: waits until the events of these keys have been handled, however slow
 * the machine is. Events that are left when there is no more progress are stuck, because no other fault is in effect.
 */
final class UnaffectedKeys {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** Without progress for this long, the remaining events are stuck. */
    private static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(30);

    /** After this time, they are stuck even if there is some progress. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private final String databaseUrl;
    private final List<RecordedEvent> stuck = new ArrayList<>();
    private long firstPosition;

    UnaffectedKeys(String databaseUrl) {
        this.databaseUrl = databaseUrl;
    }

    /** Starts to track the events that are sent firstPosition now on. */
    void startTracking() {
        try {
            firstPosition = Tables.lastPosition(databaseUrl);
        } catch (SQLException e) {
            throw new IllegalStateException("The database is unavailable although no fault is in effect", e);
        }
    }

    /** Waits for the tracked events that have been sent until now. */
    void awaitHandled() {
        try {
            stuck.addAll(awaitUnhandled());
        } catch (SQLException e) {
            throw new IllegalStateException("The database is unavailable although no fault is in effect", e);
        }
    }

    private List<RecordedEvent> awaitUnhandled() throws SQLException {
        List<RecordedEvent> sent = Tables.ledger(databaseUrl, firstPosition).stream()
                .filter(entry -> Counters.isUnaffected(entry.key()))
                .toList();
        long begin = System.nanoTime();
        long lastProgress = begin;
        List<RecordedEvent> unhandled = sent;
        long progress = 0;
        while (!unhandled.isEmpty() && isWithin(PROGRESS_TIMEOUT, lastProgress) && isWithin(MAX_WAIT, begin)) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            Set<String> handled = Tables.handled(databaseUrl, firstPosition);
            unhandled =
                    sent.stream().filter(entry -> !handled.contains(entry.id())).toList();
            long now = countPublished(unhandled) + countHandled();
            lastProgress = now > progress ? System.nanoTime() : lastProgress;
            progress = Math.max(progress, now);
        }
        return unhandled;
    }

    /** How many events of these keys were handled at all: after a restart, earlier events come first. */
    private long countHandled() throws SQLException {
        return Tables.states(databaseUrl).stream()
                .filter(state -> Counters.isUnaffected(state.key()))
                .mapToLong(RecordedEvent::number)
                .sum();
    }

    /** Publishing counts as progress, too: relays may be slower than consumers. */
    private long countPublished(List<RecordedEvent> unhandled) throws SQLException {
        Set<String> unpublished = Tables.unpublished(databaseUrl);
        return unhandled.stream()
                .filter(entry -> !unpublished.contains(entry.id()))
                .count();
    }

    private static boolean isWithin(Duration time, long since) {
        return System.nanoTime() - since < time.toNanos();
    }

    /** The events that were stuck. */
    List<RecordedEvent> stuck() {
        return List.copyOf(stuck);
    }
}
