package dev.carillon.bus.transport;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Administers a broker. Not thread-safe. Every call returns within the timeouts of the transport's settings, and throws a
 * {@link TransportException} when the broker is unavailable or refuses the request.
 */
public interface TransportAdmin extends AutoCloseable {

    /**
     * The existing full topics whose names start with this text, in alphabetical order, without the broker's internal topics.
     */
    List<String> topics(String beginning);

    /** The state of each group of these topics, in the order of the topics; nothing for a topic that does not exist. */
    List<GroupState> groups(Collection<String> fullTopics);

    /** Returns the number of messages in a topic; 0 when it does not exist. */
    long length(String fullTopic);

    /**
     * Returns the number of stored messages in a topic that contains only stored messages, such as dead letters; 0 when it does
     * not exist, empty when this client has no permission to read it.
     */
    OptionalLong storedMessages(String fullTopic);

    /**
     * Returns what {@link #move} would do now. A move applies to all partitions of the topic. Exception: a move to a position
     * does not change the partitions that the position does not name.
     *
     * @throws IllegalArgumentException when the topic or the group does not exist (the message suggests the nearest names), or
     *     when this broker cannot parse the position
     */
    GroupMove plan(String fullTopic, String group, StartAt to);

    /**
     * Moves a group: from now on it receives exactly the events after the new position. Events that it received before and has
     * not acknowledged count as acknowledged.
     *
     * @param force move the group even if it has active members, as far as the broker allows; they continue from the new
     *     position, but finish the work that they have begun
     * @throws IllegalArgumentException as {@link #plan}
     * @throws IllegalStateException when members are active (the message names them) and {@code force} is false, or when the
     *     broker does not allow the move despite {@code force}
     */
    void move(String fullTopic, String group, StartAt to, boolean force);

    /** Checks everything that producers and consumers need. Failed checks are returned, not thrown. */
    List<Diagnostic> check(CheckSpec spec);

    /** Closes the connection. */
    @Override
    void close();

    /**
     * The subject of a check.
     *
     * @param topics the full topics that must be usable, including those that are published to and the group's own
     * @param published full topic → the event types that the service publishes there
     * @param own those of the topics that belong to the group ({@link dev.carillon.bus.transport.GroupTopics}), which it
     *     creates, publishes to, and consumes
     * @param group the group that must be able to consume the topics; when empty, consuming is checked but not required
     * @param prefix the prefix of the deployment's full topics; empty text when they have none
     * @param schemas event type → the text of the schema that this service writes, for all event types that it knows
     * @param ownEvents those of these event types that the event library never had: readers must find their schemas
     */
    record CheckSpec(
            List<String> topics,
            Map<String, Set<String>> published,
            Set<String> own,
            Optional<String> group,
            String prefix,
            Map<String, String> schemas,
            Set<String> ownEvents) {

        /** Copies the collections, preserving their order. */
        public CheckSpec {
            topics = List.copyOf(topics);
            published = Collections.unmodifiableMap(new LinkedHashMap<>(published));
            own = Set.copyOf(own);
            schemas = Collections.unmodifiableMap(new LinkedHashMap<>(schemas));
            ownEvents = Set.copyOf(ownEvents);
        }
    }
}
