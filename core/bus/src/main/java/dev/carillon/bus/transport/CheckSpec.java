package dev.carillon.bus.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to check.
 *
 * @param topics the full topics that shall be usable; those that are published to, and the group's own, are among them
 * @param published full topic → the event types that the service publishes there
 * @param own those of the topics that are the group's own ({@link dev.carillon.bus.GroupTopics}), which it makes, publishes to,
 *     and consumes
 * @param group the group that shall be able to consume the topics; empty: consuming is tried, but not needed
 * @param prefix how the full topics of the deployment begin; empty text where they have no prefix
 * @param schemas event type → the text of the schema that this service writes, for all event types that it knows
 */
public record CheckSpec(
        List<String> topics,
        Map<String, Set<String>> published,
        Set<String> own,
        Optional<String> group,
        String prefix,
        Map<String, String> schemas) {

    /** Takes copies, in the order given. */
    public CheckSpec {
        topics = List.copyOf(topics);
        published = Collections.unmodifiableMap(new LinkedHashMap<>(published));
        own = Set.copyOf(own);
        schemas = Collections.unmodifiableMap(new LinkedHashMap<>(schemas));
    }
}
