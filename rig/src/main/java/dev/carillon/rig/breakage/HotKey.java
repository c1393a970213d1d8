package dev.carillon.rig.breakage;

import dev.carillon.rig.fault.Breakable;
import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.role.Condition;
import dev.carillon.rig.role.Counters;
import dev.carillon.rig.role.Tables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Thousands of events of one key fail. They go on failing until what was sent meanwhile on other keys has been delivered: what has
 * not, although nothing of it is left to be delivered, waits without cause.
 */
public final class HotKey implements Breakable {

    private static final Duration GLANCE = Duration.ofMillis(500);

    /** Nothing of other keys comes for so long: then nothing will come before the hot key is well. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    /** A trickle counts as standing still, too. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Path folder;
    private final String databaseUrl;
    private final List<Entry> waited = new ArrayList<>();
    private long from;

    /** A key that is well yet. */
    public HotKey(Path folder, String databaseUrl) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
    }

    @Override
    public void breakBy(Kind kind) {
        try {
            from = Tables.lastPosition(databaseUrl);
        } catch (SQLException e) {
            throw new IllegalStateException("The database is away while nothing is broken", e);
        }
        Condition.HOT_KEY.turn(true, folder);
    }

    @Override
    public void mend(Kind kind) {
        try {
            waited.addAll(waitingAtLast());
        } catch (SQLException e) {
            throw new IllegalStateException("The database is away while nothing is broken", e);
        } finally {
            Condition.HOT_KEY.turn(false, folder);
        }
    }

    private List<Entry> waitingAtLast() throws SQLException {
        List<Entry> sent = Tables.ledger(databaseUrl, from).stream()
                .filter(entry -> Counters.isPlain(entry.key()))
                .toList();
        long begin = System.nanoTime();
        long lastProgress = begin;
        List<Entry> waiting = sent;
        while (!waiting.isEmpty() && isWithin(STANDSTILL, lastProgress) && isWithin(LONGEST, begin)) {
            LockSupport.parkNanos(GLANCE.toNanos());
            Set<String> handled = Tables.handled(databaseUrl, from);
            List<Entry> left =
                    sent.stream().filter(entry -> !handled.contains(entry.id())).toList();
            lastProgress = left.size() < waiting.size() ? System.nanoTime() : lastProgress;
            waiting = left;
        }
        return waiting;
    }

    private static boolean isWithin(Duration time, long since) {
        return System.nanoTime() - since < time.toNanos();
    }

    /** The events of other keys that waited without cause. Told when the storm is over. */
    public List<Entry> waited() {
        return List.copyOf(waited);
    }
}
