package dev.carillon.bus.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The in-flight messages of one topic: fetched, and not yet acknowledged. Times are those of {@link System#nanoTime()}.
 *
 * <p>A message is gone when it is no longer pending in Redis, or no longer in the stream. It stays in flight until it is
 * acknowledged, so that it is not delivered twice.
 */
final class UnacknowledgedMessages {

    /** When each message was last renewed, or delivered; in the order of these times. */
    private final LinkedHashMap<StreamId, Long> renewedAt = new LinkedHashMap<>();

    private final Set<StreamId> gone = new HashSet<>();

    /** Adds a message; returns false if it is in flight already. */
    boolean add(StreamId id, Long now) {
        return !gone.contains(id) && renewedAt.putIfAbsent(id, now) == null;
    }

    boolean contains(StreamId id) {
        return renewedAt.containsKey(id) || gone.contains(id);
    }

    /** Removes a message that is acknowledged. */
    void remove(StreamId id) {
        if (renewedAt.remove(id) == null) {
            gone.remove(id);
        }
    }

    /** The number of messages that are pending for this member, as far as is known. */
    int size() {
        return renewedAt.size();
    }

    /** The number of messages that may be pending for this member: those that are gone, too. */
    int sizeWithGone() {
        return renewedAt.size() + gone.size();
    }

    /** The messages that may be pending for this member: those that are gone, too. */
    List<StreamId> idsWithGone() {
        List<StreamId> ids = new ArrayList<>(renewedAt.keySet());
        ids.addAll(gone);
        return ids;
    }

    boolean isGone(StreamId id) {
        return gone.contains(id);
    }

    /** The messages before this id that are not gone; all of them if it is null. */
    List<StreamId> before(@Nullable StreamId first) {
        return renewedAt.keySet().stream()
                .filter(id -> first == null || id.isBefore(first))
                .toList();
    }

    /** Marks all messages as gone, because the group is a new one. */
    void markAllGone() {
        gone.addAll(renewedAt.keySet());
        renewedAt.clear();
    }

    void markGone(List<StreamId> ids) {
        ids.forEach(renewedAt::remove);
        gone.addAll(ids);
    }

    /** Removes all messages, because they belong to another member now. */
    void clear() {
        renewedAt.clear();
        gone.clear();
    }

    /** The messages that were last renewed at this time or before, oldest first; at most this many. */
    List<StreamId> lastRenewedUntil(long time, int max) {
        List<StreamId> ids = new ArrayList<>();
        for (Map.Entry<StreamId, Long> each : renewedAt.entrySet()) {
            if (each.getValue() - time > 0 || ids.size() == max) {
                break;
            }
            ids.add(each.getKey());
        }
        return ids;
    }

    void renewed(List<StreamId> ids, Long now) {
        for (StreamId id : ids) {
            if (renewedAt.remove(id) != null) {
                renewedAt.put(id, now);
            }
        }
    }
}
