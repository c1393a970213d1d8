package dev.carillon.rig.server;

import java.util.List;

/** Changes of a topic by an administrator, with the messages that are lost by them. */
public interface TopicTampering extends AutoCloseable {

    /**
     * The lost messages, as one event id for each.
     *
     * @param undelivered messages that the group had not been given yet
     * @param unacknowledged messages that the group had been given, as far as the broker knows, and had not acknowledged
     */
    record Lost(List<String> undelivered, List<String> unacknowledged) {}

    /** Whether consumers may go on while a topic is trimmed. Otherwise they must be stopped, so that the loss can be counted. */
    boolean canTrimWhileConsuming();

    /** Deletes the older half of the messages that the group has not been given yet, and all older messages. */
    Lost trim(String topic, String group);

    /** Deletes and recreates the topic. Nothing may be written to it meanwhile. */
    Lost recreate(String topic, String group);

    /** Fills a recreated topic beyond the last positions of the old one, with messages that no receiver handles. */
    void growPastOldEnd(String topic);

    @Override
    void close();
}
