package dev.carillon.bus.redis;

import dev.carillon.bus.redis.GroupWatch.Finding;
import dev.carillon.bus.transport.GroupIncident.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts for a group that nobody but this member reads, which knows exactly what the group was given. Each entry that was ever
 * added to a stream was given to the group, is lost to it, or stands behind its position. Where nothing stands behind it, or
 * nothing is left that stands before it, what is lost follows exactly, however fast the stream is trimmed.
 *
 * <p>Begins to count when the group has read everything, and goes on where the member before it ended. Needs Redis 7.
 */
final class SoleReader {

    /** The state's fields. */
    static final String POSITION = "position";

    static final String GIVEN = "given";
    static final String LOST = "lost";
    static final String READ = "read";

    private static final long QUIET_NANOS = Duration.ofSeconds(2).toNanos();

    private boolean known;
    private StreamId position = StreamId.ZERO;
    private long given;
    private long lost;

    /** How many entries were accounted for, and up to where, when the group was last viewed. */
    private long accounted;

    private StreamId viewedAt = StreamId.ZERO;
    private long quietUntil;
    private boolean quiet;

    /** What Redis said to have given the group when the member before us last looked; -1 when it gave the group back itself. */
    private long readBefore = -1;

    private boolean inherited;
    private boolean inheritedExactly;

    /** Where the group was set forward from, when how far that was has to be counted; null otherwise. */
    private @Nullable StreamId toCountFrom;

    /** While what is pending is gone through, because there is more of it than we know: what was counted; null otherwise. */
    private @Nullable Set<String> counted;

    @Nullable
    StreamId toCountFrom() {
        return toCountFrom;
    }

    /** So many stood between there and where the group stands now: goes on from here. */
    void counted(long passed, GroupView view) {
        known = true;
        lost += passed;
        position = view.delivered();
        accounted = given + lost;
        viewedAt = position;
    }

    boolean isKnown() {
        return known;
    }

    void reset() {
        known = false;
        inherited = false;
        counted = null;
    }

    /** Goes on where another member ended, or was when it looked last. */
    void inherit(Map<String, Object> state, boolean exactly) {
        reset();
        try {
            position = StreamId.parse(GroupView.text(state.get(POSITION)));
            given = Long.parseLong(GroupView.text(state.get(GIVEN)));
            lost = Long.parseLong(GroupView.text(state.get(LOST)));
            readBefore = Long.parseLong(GroupView.text(state.get(READ)));
        } catch (IllegalArgumentException e) {
            return; // nobody counted
        }
        known = true;
        inherited = true;
        inheritedExactly = exactly;
        accounted = given + lost;
        viewedAt = position;
    }

    /** What the next member has to know. */
    Map<String, String> state(GroupView view) {
        Map<String, String> state = new LinkedHashMap<>();
        state.put(POSITION, position.toString());
        state.put(GIVEN, known ? Long.toString(given) : ""); // empty: nobody counted
        state.put(LOST, Long.toString(lost));
        state.put(READ, Long.toString(view.read()));
        return state;
    }

    /** The group was given these. */
    void read(String lastId, int count) {
        if (counted != null) {
            reset(); // which of these were pending before is not known
        }
        position = StreamId.parse(lastId);
        given += count;
    }

    /**
     * More is pending than these: the group was given it in answers that we did not get, and that may have been carried out late, so
     * that it stands before what we read. What is pending is gone through from the start.
     */
    void answersWereLost(Collection<String> held) {
        counted = new HashSet<>(held);
    }

    /**
     * These are pending: the group was given those that stand behind what we know, in an answer that we did not get.
     *
     * @param isLast whether all that is pending has been gone through with these
     */
    void pending(Collection<String> ids, boolean isLast) {
        for (String each : ids) {
            StreamId id = StreamId.parse(each);
            boolean isNews = counted != null && counted.add(each);
            if (position.isBefore(id)) {
                position = id;
                given++;
            } else if (isNews) {
                given++;
            }
        }
        if (isLast) {
            counted = null;
        }
    }

    /** Takes a view when everything pending has been gone through; answers what is lost, or null. */
    @Nullable
    Finding observe(GroupView view, long now) {
        toCountFrom = null;
        if (view.added() < 0) {
            reset();
            return null;
        }
        if (!known) {
            begin(view);
            return null;
        }
        @Nullable Finding finding = null;
        if (inherited) {
            inherited = false;
            finding = catchUp(view);
        }
        if (!known || view.delivered().isBefore(position)) {
            reset();
        } else if (position.isBefore(view.delivered())) {
            finding = movedForward(view);
        } else if (view.isAtEnd()) {
            finding = missing(view, view.added() - given - lost);
        } else if (view.isBeforeFirst() && (!quiet || quietUntil - now <= 0)) {
            finding = missing(view, view.removed() - given - lost);
            quiet = finding != null;
            quietUntil = now + QUIET_NANOS;
        }
        accounted = given + lost;
        viewedAt = position;
        return finding;
    }

    private void begin(GroupView view) {
        if (view.isAtEnd()) {
            known = true;
            position = view.delivered();
            given = view.added();
            lost = 0;
            accounted = given;
            viewedAt = position;
        }
    }

    /** The member before us may have read on since it last looked: Redis counts that, as far as it can. */
    private @Nullable Finding catchUp(GroupView view) {
        if (view.delivered().isBefore(viewedAt)) {
            reset();
            return new Finding(
                    Kind.MOVED_BACK,
                    -1,
                    "the group stands at " + view.delivered() + ", and stood at " + viewedAt
                            + " when its last member looked: it was set back or made anew since");
        }
        if (inheritedExactly || view.delivered().equals(viewedAt)) {
            return null;
        }
        if (view.read() >= 0 && readBefore >= 0) {
            given = Math.max(given, accounted - lost + view.read() - readBefore);
            position = view.delivered();
            return null;
        }
        reset(); // what it read is not known: a Redis of version 7.0 forgets that when it is started again
        return null;
    }

    private Finding movedForward(GroupView view) {
        long passed = view.isAtEnd() ? view.added() - given - lost : -1;
        StreamId from = position;
        if (passed >= 0) {
            lost += passed;
            position = view.delivered();
        } else {
            toCountFrom = from;
            reset();
        }
        return moved(passed, "from " + from + " to " + view.delivered());
    }

    private static Finding moved(long passed, String where) {
        return new Finding(
                Kind.MOVED_FORWARD,
                passed,
                "the group was set forward, " + where
                        + ", by another client (XGROUP SETID; the Python consumer does that when"
                        + " it starts without check_backlog)");
    }

    private @Nullable Finding missing(GroupView view, long number) {
        if (number <= 0) {
            return null;
        }
        lost += number;
        // What was not read at the last view is all there, but for what we read since: nobody trimmed it.
        boolean nothingTrimmed = view.removed() <= accounted && view.deleted().compareTo(viewedAt) <= 0;
        return nothingTrimmed ? moved(number, "from " + viewedAt + " or later") : LossCount.finding(view, number);
    }
}
