package dev.carillon.bus.transport;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What operators ask of a broker. For one thread. Every call ends within the timeouts that the settings give the transport, and
 * throws a {@link TransportException} when the broker is away or refuses.
 */
public interface TransportAdmin extends AutoCloseable {

    /** The full topics that exist and whose names begin so, in alphabetical order; those of the broker itself are left out. */
    List<String> topics(String beginning);

    /** How far each group of these topics is, in the order of the topics; nothing for a topic that does not exist. */
    List<GroupState> groups(Collection<String> fullTopics);

    /** How many messages a topic holds; 0 when it does not exist. */
    long length(String fullTopic);

    /**
     * How many messages are kept in a topic that holds kept messages only, such as dead letters; 0 when it does not exist, empty
     * when we may not look.
     */
    OptionalLong kept(String fullTopic);

    /**
     * What {@link #move} would do now. A move concerns all partitions of the topic, except that one to behind a position leaves
     * those that the position does not name where they are.
     *
     * @throws IllegalArgumentException when topic or group do not exist, with the nearest names that do, and when this broker
     *     cannot make anything of the position
     */
    GroupMove plan(String fullTopic, String group, StartAt to);

    /**
     * Moves a group: from now on it is given exactly the events behind the new position. What it was given before and has not
     * acknowledged counts as acknowledged.
     *
     * @param force do it in spite of members that are alive, as far as the broker lets us; they go on from the new position, but
     *     work that they have begun they end
     * @throws IllegalArgumentException as {@link #plan}
     * @throws IllegalStateException when members are alive, named in the message, and it is not forced; or when the broker does
     *     not let us in spite of them
     */
    void move(String fullTopic, String group, StartAt to, boolean force);

    /** Looks whether everything is there that producers and consumers need. What fails is in the answer, and not thrown. */
    List<Diagnostic> check(CheckSpec spec);

    /** Lets go of the connection. */
    @Override
    void close();

    /** What the checks of all transports have in common. */
    final class Checks {

        private Checks() {}

        /** The topics to look at: those named, or else those that there are. */
        public static List<String> topics(CheckSpec spec, TransportAdmin admin, List<Diagnostic> checks) {
            List<String> topics = new ArrayList<>(spec.topics());
            if (topics.isEmpty()) {
                guarded("topics", checks, () -> topics.addAll(admin.topics(spec.prefix())));
            }
            return topics;
        }

        /** Looks; what may not be asked is worth a warning: no service needs it. */
        public static void guarded(String subject, List<Diagnostic> checks, Runnable look) {
            try {
                look.run();
            } catch (TransportException e) {
                checks.add(Diagnostic.warning(subject, "cannot be told: " + e.getMessage()));
            }
        }
    }

    /**
     * What to check.
     *
     * @param topics the full topics that shall be usable; those that are published to, and the group's own, are among them
     * @param published full topic → the event types that the service publishes there
     * @param own those of the topics that are the group's own ({@link dev.carillon.bus.transport.GroupTopics}), which it makes, publishes to,
     *     and consumes
     * @param group the group that shall be able to consume the topics; empty: consuming is tried, but not needed
     * @param prefix how the full topics of the deployment begin; empty text where they have no prefix
     * @param schemas event type → the text of the schema that this service writes, for all event types that it knows
     */
    record CheckSpec(
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
}
