package dev.carillon.bus.redis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a source knows of one of its topics. All but {@link #isOwned} is the polling thread's. */
final class TopicState {

    /** The state's field for how many messages were in work. */
    static final String PENDING = "pending";

    private final String name;
    private final HeldMessages held = new HeldMessages();
    private final GroupWatch watch = new GroupWatch();
    private final EntrySizes sizes = new EntrySizes();
    private final PendingCursor pending = new PendingCursor();
    private boolean joined;
    private boolean newlyOwned;
    private @Nullable GroupView lastView;
    private Map<String, String> remembered = Map.of();
    private volatile @Nullable Grant grant;

    TopicState(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    HeldMessages held() {
        return held;
    }

    GroupWatch watch() {
        return watch;
    }

    EntrySizes sizes() {
        return sizes;
    }

    PendingCursor pending() {
        return pending;
    }

    /** Whether the group is known to exist. */
    boolean isJoined() {
        return joined;
    }

    void joined() {
        joined = true;
    }

    /** The right to read it; null while another member has it. */
    @Nullable
    Grant grant() {
        return grant;
    }

    /** Whether we may read it, and begin with what was read. Called by any thread. */
    boolean isOwned(long now) {
        Grant current = grant;
        return current != null && current.isValid(now);
    }

    /** We may read it now. */
    void granted(Grant right) {
        pending.restart();
        newlyOwned = true;
        grant = right;
    }

    /** Whether we may read it of late, and what the member before us left was not recalled yet. */
    boolean isNewlyOwned() {
        return newlyOwned;
    }

    /** What the member before us left is known. */
    void recalled() {
        newlyOwned = false;
    }

    void viewed(GroupView view) {
        lastView = view;
    }

    /** What the next member has to know, if that is not remembered yet; empty when there is nothing. */
    Map<String, String> toRemember() {
        GroupView view = lastView;
        if (view == null) {
            return Map.of();
        }
        Map<String, String> state = watch.sole().state(view);
        state.put(PENDING, Integer.toString(held.size()));
        return state.equals(remembered) ? Map.of() : state;
    }

    void remembered(Map<String, String> state) {
        remembered = state;
    }

    /** It is another member's. */
    void lost() {
        grant = null;
        lastView = null;
        remembered = Map.of();
        watch.found();
        watch.sole().reset();
        held.clear();
        pending.restart();
    }

    /** The connection is a new one: an answer may have been lost with the old. */
    void reconnected() {
        watch.reconnected();
        pending.restart();
    }
}
