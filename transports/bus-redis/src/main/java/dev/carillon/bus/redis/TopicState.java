package dev.carillon.bus.redis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a source knows about one of its topics. For the polling thread, except {@link #isOwned}. */
final class TopicState {

    /** The stored state's field for the number of in-flight messages. */
    static final String PENDING = "pending";

    private final String name;
    private final UnacknowledgedMessages inFlight = new UnacknowledgedMessages();
    private final GroupIncidentDetector incidents = new GroupIncidentDetector();
    private final FetchSizer sizer = new FetchSizer();
    private final PendingEntriesReader.Cursor pending = new PendingEntriesReader.Cursor();
    private boolean joined;
    private boolean newlyOwned;
    private @Nullable GroupSnapshot lastSnapshot;
    private Map<String, String> savedState = Map.of();
    private volatile @Nullable Lease lease;

    TopicState(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    UnacknowledgedMessages inFlight() {
        return inFlight;
    }

    GroupIncidentDetector incidents() {
        return incidents;
    }

    FetchSizer sizer() {
        return sizer;
    }

    /** How far the pending entries have been read. */
    PendingEntriesReader.Cursor pending() {
        return pending;
    }

    /** Whether the group is known to exist. */
    boolean isJoined() {
        return joined;
    }

    void joined() {
        joined = true;
    }

    /** The lease of this member; null if another member has it. It may have expired. */
    @Nullable
    Lease lease() {
        return lease;
    }

    /** Whether this member may read the topic, and handle what it has read. Called by any thread. */
    boolean isOwned(long now) {
        Lease current = lease;
        return current != null && current.isValid(now);
    }

    /** This member has the lease from now on. */
    void acquired(Lease newLease) {
        pending.restart();
        newlyOwned = true;
        lease = newLease;
    }

    /** Whether the state that the previous member stored has not been loaded yet. */
    boolean isNewlyOwned() {
        return newlyOwned;
    }

    void stateLoaded() {
        newlyOwned = false;
    }

    void inspected(GroupSnapshot snapshot) {
        lastSnapshot = snapshot;
    }

    /** The state to store for the next member; empty if there is none, or if it has not changed since it was saved. */
    Map<String, String> unsavedState() {
        GroupSnapshot snapshot = lastSnapshot;
        if (snapshot == null) {
            return Map.of();
        }
        Map<String, String> state = incidents.ledger().state(snapshot);
        state.put(PENDING, Integer.toString(inFlight.size()));
        return state.equals(savedState) ? Map.of() : state;
    }

    void stateSaved(Map<String, String> state) {
        savedState = state;
    }

    /** Another member has the lease now, or may have it. */
    void lost() {
        lease = null;
        lastSnapshot = null;
        savedState = Map.of();
        incidents.groupFound();
        incidents.ledger().reset();
        inFlight.clear();
        pending.restart();
    }

    /** The connection is new, and a reply may have been lost with the old one. */
    void reconnected() {
        incidents.reconnected();
        pending.restart();
    }
}
