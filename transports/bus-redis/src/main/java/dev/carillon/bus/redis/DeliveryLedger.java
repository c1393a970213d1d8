package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.text;

import dev.carillon.bus.redis.GroupIncidentDetector.Incident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts exactly how many entries were delivered to a group and how many were lost, while only this member reads it. Each entry
 * ever added to the stream was delivered, is lost, or comes after the position of the group. When no entry comes after the
 * position, or none is left before it, this gives the number of lost entries, however fast the stream is trimmed.
 *
 * <p>Becomes valid when the group has read everything, and continues with the counts of the previous member. Requires
 * Redis 7.
 */
final class DeliveryLedger {

    /** The fields of the stored state. */
    static final String POSITION = "position";

    static final String DELIVERED_COUNT = "delivered";
    static final String LOST = "lost";
    static final String READ = "read";

    private static final long MIN_REPORT_INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

    private boolean valid;
    private StreamId position = StreamId.ZERO;
    private long deliveredCount;
    private long lost;

    /** How many entries were delivered or lost by the last inspection. */
    private long accounted;

    /** The position at the last inspection. */
    private StreamId inspectedAt = StreamId.ZERO;

    private long nextReportAt;
    private boolean limitsReports;

    /** The number of read entries that Redis returned when the previous member last inspected the group; -1 if unknown. */
    private long readBefore = -1;

    private boolean inherited;
    private boolean inheritedExactly;

    /** The position from which the group was moved forward, if the skipped entries remain to be counted; otherwise null. */
    private @Nullable StreamId countSkippedFrom;

    /** The entries counted so far, while all pending ones are read because some are unknown here; otherwise null. */
    private @Nullable Set<StreamId> counted;

    /** The position from which the group was moved forward, if the skipped entries remain to be counted; otherwise null. */
    @Nullable
    StreamId countSkippedFrom() {
        return countSkippedFrom;
    }

    /** Takes the number of entries from {@link #countSkippedFrom} to the position of the group, and continues from there. */
    void skippedCounted(long skipped, GroupSnapshot snapshot) {
        valid = true;
        lost += skipped;
        position = snapshot.delivered();
        accounted = deliveredCount + lost;
        inspectedAt = position;
    }

    boolean isValid() {
        return valid;
    }

    void reset() {
        valid = false;
        inherited = false;
        counted = null;
    }

    /**
     * Continues with the stored state of an earlier member.
     *
     * @param exactly whether the previous member stored the state and then released its lease, so that nothing was read since
     */
    void inherit(Map<String, Object> state, boolean exactly) {
        reset();
        try {
            position = StreamId.parse(text(state.get(POSITION)));
            deliveredCount = Long.parseLong(text(state.get(DELIVERED_COUNT)));
            lost = Long.parseLong(text(state.get(LOST)));
            readBefore = Long.parseLong(text(state.get(READ)));
        } catch (IllegalArgumentException e) {
            return; // the counts of the previous member were not valid
        }
        valid = true;
        inherited = true;
        inheritedExactly = exactly;
        accounted = deliveredCount + lost;
        inspectedAt = position;
    }

    /** The state that the next member needs. */
    Map<String, String> state(GroupSnapshot snapshot) {
        Map<String, String> state = new LinkedHashMap<>();
        state.put(POSITION, position.toString());
        state.put(DELIVERED_COUNT, valid ? Long.toString(deliveredCount) : ""); // empty: not valid
        state.put(LOST, Long.toString(lost));
        state.put(READ, Long.toString(snapshot.read()));
        return state;
    }

    /** Records that new entries were delivered to the group. */
    void recordRead(StreamId lastId, int count) {
        if (counted != null) {
            reset(); // it is unknown which of these were pending before
        }
        position = lastId;
        deliveredCount += count;
    }

    /**
     * More entries are pending than these: they were delivered in replies that this member did not receive. Redis may have
     * executed those reads late, so the entries may be before the position. All pending entries are read from the start now.
     */
    void repliesWereLost(Collection<StreamId> inFlight) {
        counted = new HashSet<>(inFlight);
    }

    /**
     * Records pending entries: those after the known position were delivered in a reply that this member did not receive.
     *
     * @param isLast whether these are the last of all pending entries
     */
    void recordPending(Collection<StreamId> ids, boolean isLast) {
        for (StreamId id : ids) {
            boolean isNew = counted != null && counted.add(id);
            if (position.isBefore(id)) {
                position = id;
                deliveredCount++;
            } else if (isNew) {
                deliveredCount++;
            }
        }
        if (isLast) {
            counted = null;
        }
    }

    /** Takes a snapshot after all pending entries have been recorded; returns the incident that it reveals, or null. */
    @Nullable
    Incident inspect(GroupSnapshot snapshot, long now) {
        countSkippedFrom = null;
        if (snapshot.added() < 0) {
            reset();
            return null;
        }
        if (!valid) {
            start(snapshot);
            return null;
        }
        @Nullable Incident incident = null;
        if (inherited) {
            inherited = false;
            incident = catchUp(snapshot);
        }
        if (!valid || snapshot.delivered().isBefore(position)) {
            reset();
        } else if (position.isBefore(snapshot.delivered())) {
            incident = movedForward(snapshot);
        } else if (snapshot.isAtEnd()) {
            incident = missing(snapshot, snapshot.added() - deliveredCount - lost);
        } else if (snapshot.isBeforeFirst() && (!limitsReports || nextReportAt - now <= 0)) {
            incident = missing(snapshot, snapshot.removed() - deliveredCount - lost);
            limitsReports = incident != null;
            nextReportAt = now + MIN_REPORT_INTERVAL_NANOS;
        }
        accounted = deliveredCount + lost;
        inspectedAt = position;
        return incident;
    }

    private void start(GroupSnapshot snapshot) {
        if (snapshot.isAtEnd()) {
            valid = true;
            position = snapshot.delivered();
            deliveredCount = snapshot.added();
            lost = 0;
            accounted = deliveredCount;
            inspectedAt = position;
        }
    }

    /** The previous member may have read on after it stored its state: Redis counts that, as far as it can. */
    private @Nullable Incident catchUp(GroupSnapshot snapshot) {
        if (snapshot.delivered().isBefore(inspectedAt)) {
            reset();
            return new Incident(
                    Kind.MOVED_BACK,
                    -1,
                    "the position of the group is " + snapshot.delivered() + ", and was " + inspectedAt
                            + " when its previous member last inspected it: the group was moved back or created again"
                            + " since then");
        }
        if (inheritedExactly || snapshot.delivered().equals(inspectedAt)) {
            return null;
        }
        if (snapshot.read() >= 0 && readBefore >= 0) {
            deliveredCount = Math.max(deliveredCount, accounted - lost + snapshot.read() - readBefore);
            position = snapshot.delivered();
            return null;
        }
        reset(); // it is unknown what that member read: Redis 7.0 forgets it at a restart
        return null;
    }

    private Incident movedForward(GroupSnapshot snapshot) {
        long skipped = snapshot.isAtEnd() ? snapshot.added() - deliveredCount - lost : -1;
        StreamId from = position;
        if (skipped >= 0) {
            lost += skipped;
            position = snapshot.delivered();
        } else {
            countSkippedFrom = from;
            reset();
        }
        return moved(skipped, "from " + from + " to " + snapshot.delivered());
    }

    private static Incident moved(long skipped, String where) {
        return new Incident(
                Kind.MOVED_FORWARD, skipped, "the group was moved forward, " + where + GroupIncidentDetector.MOVED_BY);
    }

    private @Nullable Incident missing(GroupSnapshot snapshot, long number) {
        if (number <= 0) {
            return null;
        }
        lost += number;
        // Everything that was unread at the last inspection is still there, or was read since: nothing was trimmed.
        boolean nothingTrimmed =
                snapshot.removed() <= accounted && snapshot.deleted().compareTo(inspectedAt) <= 0;
        return nothingTrimmed
                ? moved(number, "from " + inspectedAt + " or later")
                : TrimLossDetector.trimmed(snapshot, number);
    }
}
