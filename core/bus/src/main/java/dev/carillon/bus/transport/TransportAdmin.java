package dev.carillon.bus.transport;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

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
}
