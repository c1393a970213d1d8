package dev.carillon.interop;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A broker that Java and Python share. */
interface Broker extends AutoCloseable {

    /** The settings with which a service uses this broker, the same for Python and Java. */
    Map<String, Object> settings();

    /** The options of a Python consumer, besides topic and group, with which it reads all unread events of its group. */
    Map<String, Object> pythonConsumer(String name);

    /** Event types that this broker refuses from both Python and Java. */
    default Set<String> refuses() {
        return Set.of();
    }

    /** Creates a group that starts at the oldest event, where Python's consumer would start at the newest. */
    default void createGroup(String fullTopic, String group) {}

    /** Waits until this number of members has partitions; does nothing on a broker without partitions. */
    default void awaitMembers(String group, int members) {}

    /** All events of a topic; those with the same key in order. */
    List<RawEvent> events(String fullTopic);

    /** How many events of a topic a group has been given and has not acknowledged. */
    long unacknowledged(String fullTopic, String group);

    @Override
    void close();
}
