package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects incidents of one group on one topic by comparing each snapshot with the one before. It decides itself whether another
 * client moved the group; {@link TrimLossDetector} decides whether messages were trimmed before they were delivered. Where
 * only this member reads, {@link DeliveryLedger} replaces both with exact counts.
 *
 * <p>The evidence:
 *
 * <ul>
 *   <li>Moved back: reading never decreases a group's position.
 *   <li>Moved forward: after {@code XGROUP SETID}, Redis does not know how many entries the group has read; otherwise, it
 *       does not know that only if single entries were deleted. A group that has read everything cannot skip anything, so that
 *       is no incident. Once the stream's newest entry is read, Redis knows the number again, and a moved group looks like one
 *       that others have read from; so a group that is behind must be inspected often. After a reconnect, an unknown number is
 *       no evidence, because a restarted Redis may have forgotten it, too.
 *   <li>Created again: a stream's newest id and the number of entries ever added never decrease.
 * </ul>
 */
final class GroupIncidentDetector {

    /**
     * A detected incident.
     *
     * @param messages the number of affected messages; -1 if unknown
     */
    record Incident(Kind kind, long messages, String detail) {}

    /** Who reads the group. */
    enum Readers {
        /** Only this member. */
        ONLY_THIS,
        /** Only this member, but it does not know yet all entries that were delivered to it. */
        ONLY_THIS_DELIVERIES_UNKNOWN,
        /** Others, too. */
        OTHERS_TOO
    }

    /** How a group may have been moved forward; the end of a detail. */
    static final String MOVED_BY =
            ", by another client (XGROUP SETID; a Python consumer does that when it starts without check_backlog)";

    private TrimLossDetector trimLosses = new TrimLossDetector();
    private final DeliveryLedger ledger = new DeliveryLedger();
    private @Nullable GroupSnapshot previous;
    private StreamId position = StreamId.ZERO;
    private long readSincePrevious;
    private boolean recreatedByOther;

    /** The last known position in words, from before this member lost its lease; empty if none is known. */
    private String positionBefore = "";

    private boolean found;
    private boolean reconnected;

    /** The position from which the group was moved forward, if the skipped entries remain to be counted; otherwise null. */
    private @Nullable StreamId movedFrom;

    /** The exact counts for the time in which only this member reads. */
    DeliveryLedger ledger() {
        return ledger;
    }

    /** The position from which the group was moved forward, if the skipped entries can and must be counted; otherwise null. */
    @Nullable
    StreamId countSkippedFrom() {
        @Nullable StreamId from = ledger.countSkippedFrom();
        return from == null ? movedFrom : from;
    }

    /** Takes the number of entries between {@link #countSkippedFrom} and the position of the group. */
    void skippedCounted(long skipped, GroupSnapshot snapshot) {
        if (ledger.countSkippedFrom() != null) {
            ledger.skippedCounted(skipped, snapshot);
        }
    }

    /** This member created the group: entries that were removed from the stream before are not a loss. */
    void groupCreated() {
        ledger.reset();
        forgetPrevious();
        positionBefore = "";
        trimLosses.restart();
        recreatedByOther = false;
    }

    /** The group existed already, or this member reads it again after another one may have. */
    void groupFound() {
        if (previous != null) {
            positionBefore = "; when this member last read it, " + describePosition(previous);
        }
        forgetPrevious();
        trimLosses = new TrimLossDetector();
        found = true;
    }

    /** Returns true once after {@link #groupFound}. */
    boolean isFirstInspectionOfFoundGroup() {
        boolean first = found;
        found = false;
        return first;
    }

    /** The group was gone, and another client created it again before this member could. */
    void groupRecreatedByOther() {
        recreatedByOther = true;
    }

    /**
     * The connection is new. Redis may have been killed and restarted, after which version 7.0 does not know how many entries a
     * group has read; and a reply may have been lost, so that the group may be further than this member knows.
     */
    void reconnected() {
        reconnected = true;
    }

    /** Describes the last known position of the group, to help find lost messages; empty if none is known. */
    String describeLastPosition() {
        return previous == null ? positionBefore : "; " + describePosition(previous);
    }

    private String describePosition(GroupSnapshot known) {
        return "messages had been delivered up to " + position + ", and the newest known message was "
                + (position.isBefore(known.last()) ? known.last() : position);
    }

    private void forgetPrevious() {
        previous = null;
        position = StreamId.ZERO;
        readSincePrevious = 0;
    }

    /** Whether there may be messages that were not delivered to the group yet. */
    boolean isBehind() {
        return previous == null || !previous.isAtEnd();
    }

    /** Records that new entries were delivered to this member; returns the incident that they reveal, or null. */
    @Nullable
    Incident recordRead(StreamId first, StreamId last, int count) {
        @Nullable Incident incident = null;
        if (previous != null && !position.isBefore(first)) {
            incident = movedBack("to before " + first + ", from " + position, -1);
        } else {
            readSincePrevious += count;
        }
        if (incident == null) {
            ledger.recordRead(last, count);
        } else {
            ledger.reset();
        }
        position = last;
        return incident;
    }

    /** Takes a snapshot; returns the incidents since the one before, exactly counted where only this member reads. */
    List<Incident> inspect(GroupSnapshot snapshot, long now, Readers readers) {
        boolean exact = readers != Readers.OTHERS_TOO && ledger.isValid();
        List<Incident> incidents = inspect(snapshot, now);
        if (readers == Readers.OTHERS_TOO || incidents.stream().anyMatch(GroupIncidentDetector::isMoveBack)) {
            ledger.reset();
            movedFrom = null; // others may have read some of the entries in between
        } else if (readers == Readers.ONLY_THIS) {
            @Nullable Incident incident = ledger.inspect(snapshot, now);
            if (exact) {
                incidents.clear();
            }
            if (incident != null) {
                incidents.add(incident);
            }
        } else if (exact) {
            incidents.clear();
        }
        return incidents;
    }

    private static boolean isMoveBack(Incident incident) {
        return incident.kind() == Kind.MOVED_BACK || incident.kind() == Kind.GROUP_RECREATED;
    }

    /** Takes a snapshot; returns the incidents since the one before, without the ledger. */
    List<Incident> inspect(GroupSnapshot snapshot, long now) {
        List<Incident> incidents = new ArrayList<>();
        movedFrom = null;
        GroupSnapshot before = previous;
        if (before != null) {
            @Nullable Incident move = detectMove(before, snapshot);
            if (move != null) {
                incidents.add(move);
            }
        }
        @Nullable Incident loss = trimLosses.inspect(snapshot, now);
        if (loss != null) {
            incidents.add(loss);
        }
        previous = snapshot;
        position = snapshot.delivered();
        readSincePrevious = 0;
        recreatedByOther = false;
        reconnected = false;
        return incidents;
    }

    private @Nullable Incident detectMove(GroupSnapshot before, GroupSnapshot now) {
        if (now.last().isBefore(before.last()) || (now.added() >= 0 && now.added() < before.added())) {
            trimLosses.restart();
            return new Incident(
                    Kind.GROUP_RECREATED,
                    -1,
                    "the newest id of the topic decreased from " + before.last() + " to " + now.last()
                            + ": the topic was emptied, or Redis restarted without its newest entries");
        }
        if (now.delivered().isBefore(position)) {
            if (recreatedByOther) {
                trimLosses.restart();
                return new Incident(
                        Kind.GROUP_RECREATED,
                        -1,
                        "the group was gone; another consumer created it again at " + now.delivered());
            }
            long expected = expectedRead(before);
            return movedBack(
                    "to " + now.delivered() + ", from " + position,
                    now.delivered().isZero() && expected >= 0 ? Math.max(0, expected - now.removed()) : -1);
        }
        boolean advanced = position.isBefore(now.delivered());
        boolean readForgotten =
                before.read() >= 0 && now.read() < 0 && now.deleted().compareTo(position) <= 0;
        return advanced && readForgotten && !reconnected ? movedForward(before, now) : null;
    }

    private Incident movedBack(String detail, long messages) {
        trimLosses.restart();
        return new Incident(
                Kind.MOVED_BACK, messages, "the group was moved back " + detail + " by another client (XGROUP SETID)");
    }

    private @Nullable Incident movedForward(GroupSnapshot before, GroupSnapshot now) {
        long expected = now.consumers() <= 1 ? expectedRead(before) : -1;
        long skipped = expected >= 0 && now.delivered().equals(now.last()) ? now.added() - expected : -1;
        trimLosses.restart();
        if (skipped == 0) {
            return null;
        }
        movedFrom = skipped < 0 ? position : null;
        return new Incident(
                Kind.MOVED_FORWARD,
                skipped,
                "the group was moved forward to " + now.delivered() + ", from " + position + " or later" + MOVED_BY);
    }

    /** How many entries the group has read if only this member has read since; -1 if that cannot be known. */
    private long expectedRead(GroupSnapshot before) {
        long read = before.delivered().equals(before.last()) ? before.added() : trimLosses.read(before);
        return read < 0 || before.consumers() > 1 ? -1 : read + readSincePrevious;
    }
}
