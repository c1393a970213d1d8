package dev.carillon.bus.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one topic that were handed out and are not acknowledged, in the order in which Redis last heard that we hold
 * them.
 */
final class HeldMessages {

    private final LinkedHashMap<String, Long> heardAt = new LinkedHashMap<>();
    private final Set<String> forgotten = new HashSet<>();

    /** Answers false when it is held already. */
    boolean add(String id, Long now) {
        return !forgotten.contains(id) && heardAt.putIfAbsent(id, now) == null;
    }

    boolean holds(String id) {
        return heardAt.containsKey(id) || forgotten.contains(id);
    }

    /** It is acknowledged. */
    void remove(String id) {
        if (heardAt.remove(id) == null) {
            forgotten.remove(id);
        }
    }

    /** How many are pending for us, as far as we know. */
    int size() {
        return heardAt.size();
    }

    /** All that can be pending for us. */
    List<String> ids() {
        List<String> ids = new ArrayList<>(heardAt.keySet());
        ids.addAll(forgotten);
        return ids;
    }

    /** How many can be pending for us. */
    int known() {
        return heardAt.size() + forgotten.size();
    }

    /** Whether Redis does not have it any more. */
    boolean isForgotten(String id) {
        return forgotten.contains(id);
    }

    /** Those that stand before this one; all of them when it is null. */
    List<String> before(@Nullable StreamId first) {
        return heardAt.keySet().stream()
                .filter(id -> first == null || StreamId.parse(id).isBefore(first))
                .toList();
    }

    /** The group is a new one, where none of these is pending. */
    void forgetAll() {
        forgotten.addAll(heardAt.keySet());
        heardAt.clear();
    }

    /** They are another member's now. */
    void clear() {
        heardAt.clear();
        forgotten.clear();
    }

    /** Those of which Redis last heard at this time or before; at most so many. */
    List<String> heardUntil(long time, int max) {
        List<String> ids = new ArrayList<>();
        for (Map.Entry<String, Long> each : heardAt.entrySet()) {
            if (each.getValue() - time > 0 || ids.size() == max) {
                break;
            }
            ids.add(each.getKey());
        }
        return ids;
    }

    /** Redis just heard that these are held. */
    void heard(List<String> ids, Long now) {
        for (String id : ids) {
            if (heardAt.remove(id) != null) {
                heardAt.put(id, now);
            }
        }
    }

    /** Redis has these no more. They are still held, so that they are not handed out twice. */
    void forget(List<String> ids) {
        ids.forEach(heardAt::remove);
        forgotten.addAll(ids);
    }
}
