package dev.carillon.bus.redis;

import dev.carillon.bus.redis.GroupWatch.Finding;
import dev.carillon.bus.transport.GroupIncident.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts the entries that left a stream before the group was given them, and tells each once.
 *
 * <p>Redis numbers the entries ever added. Those that are gone are the oldest ones, so as many as {@link GroupView#removed()};
 * the group has read as many as {@link GroupView#read()}; what is in between is lost. Until Redis 8.0.2, a group that reads on
 * behind a gap does not count the entries in it as read: how far its number falls behind shows, once it has read everything,
 * what was lost between two views. Until then the number is no measure, and a further loss is told without a count.
 *
 * <p>Before Redis 7 there are no numbers. A group that stands before the oldest entry is then said to have lost some, without a
 * count; that is wrong when somebody emptied the topic by hand behind it.
 */
final class LossCount {

    private static final long UNKNOWN = -1;
    private static final long QUIET_NANOS = Duration.ofSeconds(2).toNanos();

    private boolean anew;
    private boolean started;

    /** So many of the oldest entries, at least, were read or told as lost; exactly so many while the group stands there. */
    private long accounted = UNKNOWN;

    private @Nullable StreamId accountedAt;

    /** How many entries Redis did not count as read when all was read; unknown until then. */
    private long uncounted = UNKNOWN;

    private long toldSinceEnd;

    /** Where the group stood when a loss was told last; null when it has read everything since. */
    private @Nullable StreamId toldAt;

    /** Where the group last stood when it had read everything: without numbers, the topic may just have been emptied since. */
    private @Nullable StreamId endAt;

    private long quietUntil;

    /** What left the stream until now is no loss. */
    void beginAnew() {
        anew = true;
        accounted = UNKNOWN;
        accountedAt = null;
        uncounted = UNKNOWN;
        toldSinceEnd = 0;
        toldAt = null;
    }

    /** How many entries the group has read, gaps included; unknown in places. */
    long read(GroupView view) {
        return view.read() < 0 || toldAt != null ? UNKNOWN : view.read() + Math.max(0, uncounted);
    }

    /** Takes a view; answers what is lost since the last one, or null. */
    @Nullable
    Finding observe(GroupView view, long now) {
        // A group that has not read anything, and is new to us, may have been made behind what is gone.
        boolean nothingToTell = anew || (!started && view.delivered().isZero());
        anew = false;
        if (!started) {
            started = true;
            quietUntil = now;
        }
        endAt = view.isAtEnd() ? view.delivered() : endAt;
        long unseen = view.isAtEnd() ? reachedEnd(view) : 0;
        account(view, view.isAtEnd() ? view.added() : read(view));
        if (nothingToTell && view.isBeforeFirst()) {
            account(view, view.removed());
            toldAt = view.removed() < 0 ? view.delivered() : toldAt;
        } else if (view.isBeforeFirst() && quietUntil - now <= 0) {
            return gap(view, now);
        }
        return unseen > 0 ? finding(view, unseen) : null;
    }

    private void account(GroupView view, long entries) {
        if (entries >= 0 && entries >= accounted) {
            accounted = entries;
            accountedAt = view.delivered();
        }
    }

    /** The group has read everything: answers what it passed over since it had last, without having been told. */
    private long reachedEnd(GroupView view) {
        toldAt = null;
        if (view.read() < 0 || view.added() < 0 || !view.delivered().equals(view.last())) {
            uncounted = view.read() < 0 ? UNKNOWN : uncounted;
            return 0;
        }
        long nowUncounted = view.added() - view.read();
        long unseen = uncounted == UNKNOWN ? 0 : nowUncounted - uncounted - toldSinceEnd;
        uncounted = nowUncounted;
        toldSinceEnd = 0;
        return unseen;
    }

    private @Nullable Finding gap(GroupView view, long now) {
        boolean counted = accounted != UNKNOWN && view.removed() >= 0;
        long lost = counted ? view.removed() - accounted : UNKNOWN;
        boolean known = view.delivered().equals(toldAt) || view.delivered().equals(endAt);
        if (counted ? lost <= 0 : known) {
            return null;
        }
        boolean exact = view.delivered().equals(accountedAt)
                && (view.first() == null || view.deleted().isBefore(view.first()));
        quietUntil = now + QUIET_NANOS;
        toldAt = view.delivered();
        toldSinceEnd += Math.max(0, lost);
        account(view, view.removed());
        return finding(view, exact ? lost : UNKNOWN);
    }

    static Finding finding(GroupView view, long lost) {
        return new Finding(
                Kind.TRIMMED,
                lost,
                "messages left the topic before the group was given them; it stands at " + view.delivered()
                        + ", the oldest message left is "
                        + (view.first() == null ? "none" : view.first())
                        + " (a larger EVENT_BUS_REDIS_STREAM_MAX_LEN at the producers keeps more)");
    }
}
