package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges, from one view of a group to the next, whether somebody else moved the group; {@link LossCount} judges whether
 * messages left the stream before the group was given them.
 *
 * <p>What counts as evidence:
 *
 * <ul>
 *   <li>Set back: a group's position never goes back by reading.
 *   <li>Set forward: {@code XGROUP SETID} makes Redis forget how many entries the group read, which reading does only after
 *       single entries were deleted. While all is read there is nothing to pass over, and nothing is told. When the stream's
 *       newest entry is read, Redis knows the number again: a group set forward is then no more to be told from one that
 *       others read on, so a group that is behind has to be viewed often. Over a new connection it is no evidence: a Redis
 *       that was killed and started again may have forgotten, too.
 *   <li>Made anew: a stream's newest id, and the number of entries added to it, never go down.
 * </ul>
 */
final class GroupWatch {

    /**
     * Something to tell.
     *
     * @param messages how many it concerns; -1 when that cannot be known
     */
    record Finding(Kind kind, long messages, String detail) {}

    private LossCount losses = new LossCount();
    private final SoleReader sole = new SoleReader();
    private @Nullable GroupView seen;
    private StreamId position = StreamId.ZERO;
    private long ownReads;
    private boolean gone;
    private boolean found;
    private boolean reconnected;

    /** Where the group was set forward from, when how far that was has to be counted; null otherwise. */
    private @Nullable StreamId movedFrom;

    /** What is known where nobody but this member reads. */
    SoleReader sole() {
        return sole;
    }

    /** Where the group was set forward from, when how far that was has to be counted, and can be; null otherwise. */
    @Nullable
    StreamId toCountFrom() {
        @Nullable StreamId from = sole.toCountFrom();
        return from == null ? movedFrom : from;
    }

    /** So many stood between there and where the group stands now. */
    void counted(long passed, GroupView view) {
        if (sole.toCountFrom() != null) {
            sole.counted(passed, view);
        }
    }

    /** Who reads a group beside this member. */
    enum Readers {
        /** Nobody. */
        ONLY_US,
        /** Nobody, but it is not known yet what the group was given in our name. */
        ONLY_US_UNSURE,
        /** Others. */
        OTHERS
    }

    /** The group was made by us: what left the stream before is nobody's loss. */
    void made() {
        sole.reset();
        forget();
        losses.beginAnew();
        gone = false;
    }

    /** The group was there already. */
    void found() {
        forget();
        losses = new LossCount();
        found = true;
    }

    /** Whether the group was there already, and this was not answered yet. */
    boolean isNewAndFound() {
        boolean answer = found;
        found = false;
        return answer;
    }

    /** The group was gone, and somebody else made it anew before we could. */
    void gone() {
        gone = true;
    }

    /**
     * The connection is a new one, perhaps to a Redis that was killed and started again: version 7.0 then does not know any more
     * how many entries a group read. And an answer may have been lost, so that the group is further than we know.
     */
    void reconnected() {
        reconnected = true;
    }

    /** Where the group stood, and the newest message known, for whoever looks for what was lost; empty when nothing was seen. */
    String standing() {
        return seen == null
                ? ""
                : "; it had been given the messages up to " + position + ", and the newest one known was "
                        + (position.isBefore(seen.last()) ? seen.last() : position);
    }

    private void forget() {
        seen = null;
        position = StreamId.ZERO;
        ownReads = 0;
    }

    /** Whether there may be messages that the group was not given. */
    boolean isBehind() {
        return seen == null || !seen.isAtEnd();
    }

    /** We were given new entries; answers what is wrong with that, or null. */
    @Nullable
    Finding read(String firstId, String lastId, int count) {
        StreamId first = StreamId.parse(firstId);
        @Nullable Finding finding = null;
        if (seen != null && !position.isBefore(first)) {
            finding = movedBack("to before " + first + ", from " + position, -1);
        } else {
            ownReads += count;
        }
        if (finding == null) {
            sole.read(lastId, count);
        } else {
            sole.reset();
        }
        position = StreamId.parse(lastId);
        return finding;
    }

    /** Takes a view of a group that we may read alone, and answers what is new about it. */
    List<Finding> observe(GroupView view, long now, Readers readers) {
        boolean exact = readers != Readers.OTHERS && sole.isKnown();
        List<Finding> findings = observe(view, now);
        if (readers == Readers.OTHERS || findings.stream().anyMatch(GroupWatch::isBack)) {
            sole.reset();
            movedFrom = null; // others may have read some of what is between
        } else if (readers == Readers.ONLY_US) {
            @Nullable Finding finding = sole.observe(view, now);
            if (exact) {
                findings.clear();
            }
            if (finding != null) {
                findings.add(finding);
            }
        } else if (exact) {
            findings.clear();
        }
        return findings;
    }

    private static boolean isBack(Finding finding) {
        return finding.kind() == Kind.MOVED_BACK || finding.kind() == Kind.GROUP_RECREATED;
    }

    /** Takes a view, and answers what is new about it. */
    List<Finding> observe(GroupView view, long now) {
        List<Finding> findings = new ArrayList<>();
        movedFrom = null;
        GroupView before = seen;
        if (before != null) {
            @Nullable Finding moved = moved(before, view);
            if (moved != null) {
                findings.add(moved);
            }
        }
        @Nullable Finding lost = losses.observe(view, now);
        if (lost != null) {
            findings.add(lost);
        }
        seen = view;
        position = view.delivered();
        ownReads = 0;
        gone = false;
        reconnected = false;
        return findings;
    }

    private @Nullable Finding moved(GroupView before, GroupView view) {
        if (view.last().isBefore(before.last()) || (view.added() >= 0 && view.added() < before.added())) {
            losses.beginAnew();
            return new Finding(
                    Kind.GROUP_RECREATED,
                    -1,
                    "the newest id of the topic went from " + before.last() + " back to " + view.last()
                            + ": it was emptied, or Redis came back without its newest entries");
        }
        if (view.delivered().isBefore(position)) {
            if (gone) {
                losses.beginAnew();
                return new Finding(
                        Kind.GROUP_RECREATED,
                        -1,
                        "the group was gone; another consumer made it anew at " + view.delivered());
            }
            long expected = expectedRead(before);
            return movedBack(
                    "to " + view.delivered() + ", from " + position,
                    view.delivered().isZero() && expected >= 0 ? Math.max(0, expected - view.removed()) : -1);
        }
        boolean jumped = position.isBefore(view.delivered());
        boolean numberForgotten =
                before.read() >= 0 && view.read() < 0 && view.deleted().compareTo(position) <= 0;
        return jumped && numberForgotten && !reconnected ? movedForward(before, view) : null;
    }

    private Finding movedBack(String detail, long messages) {
        losses.beginAnew();
        return new Finding(
                Kind.MOVED_BACK, messages, "the group was set back " + detail + " by another client (XGROUP SETID)");
    }

    private @Nullable Finding movedForward(GroupView before, GroupView view) {
        long expected = view.consumers() <= 1 ? expectedRead(before) : -1;
        long passed = expected >= 0 && view.delivered().equals(view.last()) ? view.added() - expected : -1;
        losses.beginAnew();
        if (passed == 0) {
            return null;
        }
        movedFrom = passed < 0 ? position : null;
        return new Finding(
                Kind.MOVED_FORWARD,
                passed,
                "the group was set forward to " + view.delivered() + ", from " + position
                        + " or later, by another client (XGROUP SETID; the Python consumer does that when it starts without"
                        + " check_backlog)");
    }

    /** How many entries the group has read if nobody but us read since; -1 when that cannot be known. */
    private long expectedRead(GroupView before) {
        long read = before.delivered().equals(before.last()) ? before.added() : losses.read(before);
        return read < 0 || before.consumers() > 1 ? -1 : read + ownReads;
    }
}
