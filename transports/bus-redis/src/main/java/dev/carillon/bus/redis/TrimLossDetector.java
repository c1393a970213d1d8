package dev.carillon.bus.redis;

import dev.carillon.bus.redis.GroupIncidentDetector.Incident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts the entries that were removed from a stream before they were delivered to the group, and reports each once.
 *
 * <p>Redis counts the entries ever added. The removed ones are the oldest, {@link GroupSnapshot#removed()} in number; the group
 * has read the oldest {@link GroupSnapshot#read()}; the difference is lost. Up to Redis 8.0.2, a group that reads on after a gap
 * does not count the entries of the gap as read. By how much its count lags behind is known once it has read everything, and
 * shows what was lost between two snapshots. Until then the count is useless, and a further loss is reported without a number.
 *
 * <p>Before Redis 7 there are no such counts. A group whose position is before the oldest entry is then reported to have lost
 * some, without a number. This is wrong if somebody deliberately emptied the topic after the group had read it.
 */
final class TrimLossDetector {

    private static final long UNKNOWN = -1;
    private static final long MIN_REPORT_INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

    private boolean restarted;
    private boolean started;

    /** At least this many of the oldest entries were read or reported as lost; exactly, while the group has not moved. */
    private long accounted = UNKNOWN;

    /** The position of the group when {@link #accounted} was updated. */
    private @Nullable StreamId accountedAt;

    /** How many entries Redis did not count as read when the group had read everything; unknown until then. */
    private long uncounted = UNKNOWN;

    private long reportedSinceEnd;

    /** The position of the group when a loss was last reported; null if it has read everything since. */
    private @Nullable StreamId reportedAt;

    /** The last position at which the group had read everything: without counts, the topic may just have been emptied. */
    private @Nullable StreamId endAt;

    private long nextReportAt;

    /** Starts again: what was removed from the stream until now is no loss. */
    void restart() {
        restarted = true;
        accounted = UNKNOWN;
        accountedAt = null;
        uncounted = UNKNOWN;
        reportedSinceEnd = 0;
        reportedAt = null;
    }

    /** How many entries the group has read, including gaps; -1 if unknown. */
    long read(GroupSnapshot snapshot) {
        return snapshot.read() < 0 || reportedAt != null ? UNKNOWN : snapshot.read() + Math.max(0, uncounted);
    }

    /** Takes a snapshot; returns the loss since the one before, or null. */
    @Nullable
    Incident inspect(GroupSnapshot snapshot, long now) {
        // A group that is new to this member and has not read anything may have been created after the gap.
        boolean ignoresGap = restarted || (!started && snapshot.delivered().isZero());
        restarted = false;
        if (!started) {
            started = true;
            nextReportAt = now;
        }
        endAt = snapshot.isAtEnd() ? snapshot.delivered() : endAt;
        long unreported = snapshot.isAtEnd() ? reachedEnd(snapshot) : 0;
        account(snapshot, snapshot.isAtEnd() ? snapshot.added() : read(snapshot));
        if (ignoresGap && snapshot.isBeforeFirst()) {
            account(snapshot, snapshot.removed());
            reportedAt = snapshot.removed() < 0 ? snapshot.delivered() : reportedAt;
        } else if (snapshot.isBeforeFirst() && nextReportAt - now <= 0) {
            return gap(snapshot, now);
        }
        return unreported > 0 ? trimmed(snapshot, unreported) : null;
    }

    private void account(GroupSnapshot snapshot, long entries) {
        if (entries >= 0 && entries >= accounted) {
            accounted = entries;
            accountedAt = snapshot.delivered();
        }
    }

    /** The group has read everything: returns how many entries it skipped since it last had, and that were not reported. */
    private long reachedEnd(GroupSnapshot snapshot) {
        reportedAt = null;
        if (snapshot.read() < 0 || snapshot.added() < 0 || !snapshot.delivered().equals(snapshot.last())) {
            uncounted = snapshot.read() < 0 ? UNKNOWN : uncounted;
            return 0;
        }
        long nowUncounted = snapshot.added() - snapshot.read();
        long unreported = uncounted == UNKNOWN ? 0 : nowUncounted - uncounted - reportedSinceEnd;
        uncounted = nowUncounted;
        reportedSinceEnd = 0;
        return unreported;
    }

    private @Nullable Incident gap(GroupSnapshot snapshot, long now) {
        if (snapshot.removed() == 0) {
            return null; // the group was moved to a time before the first entry
        }
        boolean counted = accounted != UNKNOWN && snapshot.removed() >= 0;
        long lost = counted ? snapshot.removed() - accounted : UNKNOWN;
        boolean known =
                snapshot.delivered().equals(reportedAt) || snapshot.delivered().equals(endAt);
        if (counted ? lost <= 0 : known) {
            return null;
        }
        boolean exact = snapshot.delivered().equals(accountedAt)
                && (snapshot.first() == null || snapshot.deleted().isBefore(snapshot.first()));
        nextReportAt = now + MIN_REPORT_INTERVAL_NANOS;
        reportedAt = snapshot.delivered();
        reportedSinceEnd += Math.max(0, lost);
        account(snapshot, snapshot.removed());
        return trimmed(snapshot, exact ? lost : UNKNOWN);
    }

    /** The incident for trimmed messages; -1 if their number is unknown. */
    static Incident trimmed(GroupSnapshot snapshot, long lost) {
        return new Incident(
                Kind.TRIMMED,
                lost,
                "messages were removed from the topic before they were delivered to the group; its position is "
                        + snapshot.delivered() + ", the oldest remaining message is "
                        + (snapshot.first() == null ? "none" : snapshot.first())
                        + " (to keep more, increase EVENT_BUS_REDIS_STREAM_MAX_LEN at the producers)");
    }
}
