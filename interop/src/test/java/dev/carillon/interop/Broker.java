package dev.carillon.interop;

import java.util.List;
import java.util.Map;

/** A broker that Java and Python share, and a look at what lies on it. */
interface Broker extends AutoCloseable {

    /** How a service is told to use it. Python and Java understand the same settings. */
    Map<String, Object> settings();

    /** What a Python consumer is given, besides topic and group, to read whatever its group has not read. */
    Map<String, Object> pythonConsumer(String name);

    /** Everything on a topic, oldest first. */
    List<RawEvent> events(String fullTopic);

    /** How many events of a topic a group has read, but not acknowledged. */
    long unacknowledged(String fullTopic, String group);

    @Override
    void close();
}
