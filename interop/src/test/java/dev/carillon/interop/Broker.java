package dev.carillon.interop;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A broker that Java and Python share, and a look at what lies on it. */
interface Broker extends AutoCloseable {

    /** How a service is told to use it. Python and Java understand the same settings. */
    Map<String, Object> settings();

    /** What a Python consumer is given, besides topic and group, to read whatever its group has not read. */
    Map<String, Object> pythonConsumer(String name);

    /** Event types that this broker takes from nobody, be it Python or Java. */
    default Set<String> refuses() {
        return Set.of();
    }

    /** Makes a group that begins with the oldest event, where Python's consumer would begin with the next one to come. */
    default void makeGroup(String fullTopic, String group) {}

    /** Waits until so many members share a topic, where they share it by parts. */
    default void awaitMembers(String group, int members) {}

    /** Everything on a topic; with the same key in its order. */
    List<RawEvent> events(String fullTopic);

    /** How many events of a topic a group has read, but not acknowledged. */
    long unacknowledged(String fullTopic, String group);

    @Override
    void close();
}
