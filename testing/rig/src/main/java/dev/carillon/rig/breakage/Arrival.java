package dev.carillon.rig.breakage;

import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.role.Counters;
import dev.carillon.rig.role.Tables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until the events of keys on which nothing fails have been handled, however slow the machine is. What is left when nothing of
 * them comes any more waits without cause, for nothing but what is tried here is broken.
 */
final class Arrival {

    private static final Duration GLANCE = Duration.ofMillis(500);

    /** Neither they nor those before them come for so long: then nothing will. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    /** A trickle counts as standing still, too. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final String databaseUrl;
    private final List<Entry> waited = new ArrayList<>();
    private long from;

    Arrival(String databaseUrl) {
        this.databaseUrl = databaseUrl;
    }

    /** What is sent from now on counts. */
    void begin() {
        try {
            from = Tables.lastPosition(databaseUrl);
        } catch (SQLException e) {
            throw new IllegalStateException("The database is away while nothing is broken", e);
        }
    }

    /** Waits for what was sent until now. */
    void await() {
        try {
            waited.addAll(waitingAtLast());
        } catch (SQLException e) {
            throw new IllegalStateException("The database is away while nothing is broken", e);
        }
    }

    private List<Entry> waitingAtLast() throws SQLException {
        List<Entry> sent = Tables.ledger(databaseUrl, from).stream()
                .filter(entry -> Counters.isPlain(entry.key()))
                .toList();
        long begin = System.nanoTime();
        long lastProgress = begin;
        List<Entry> waiting = sent;
        long steps = 0;
        while (!waiting.isEmpty() && isWithin(STANDSTILL, lastProgress) && isWithin(LONGEST, begin)) {
            LockSupport.parkNanos(GLANCE.toNanos());
            Set<String> handled = Tables.handled(databaseUrl, from);
            waiting =
                    sent.stream().filter(entry -> !handled.contains(entry.id())).toList();
            long now = published(waiting) + stepsDone();
            lastProgress = now > steps ? System.nanoTime() : lastProgress;
            steps = Math.max(steps, now);
        }
        return waiting;
    }

    /** How many steps receivers have done on these keys at all: behind a restart, what was sent before comes first. */
    private long stepsDone() throws SQLException {
        return Tables.states(databaseUrl).stream()
                .filter(state -> Counters.isPlain(state.key()))
                .mapToLong(Entry::number)
                .sum();
    }

    /** What leaves the outbox is on its way: producers and relays may be slower than consumers. */
    private long published(List<Entry> waiting) throws SQLException {
        Set<String> unpublished = Tables.unpublished(databaseUrl);
        return waiting.stream()
                .filter(entry -> !unpublished.contains(entry.id()))
                .count();
    }

    private static boolean isWithin(Duration time, long since) {
        return System.nanoTime() - since < time.toNanos();
    }

    /** Those that waited without cause. */
    List<Entry> waited() {
        return List.copyOf(waited);
    }
}
