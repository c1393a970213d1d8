package dev.carillon.bus.transport;

import org.jspecify.annotations.Nullable;

/**
 * The topics that a group has for itself beside a topic. With or without prefix: as the topic is given, so is the
 * answer. Two groups may share one, because of how it is named: topic {@code a-b} and group {@code c}, topic {@code a} and group
 * {@code b-c}. Whose a message is, its headers tell.
 */
public final class GroupTopics {

    /** The header of a message on such a topic that names its group. */
    public static final String GROUP_HEADER = "carillon-group";

    /** The header of a message on such a topic that names the topic it came from. */
    public static final String TOPIC_HEADER = "carillon-topic";

    private static final String DEAD_LETTERS = "-dlq";
    private static final String RETRY = "-retry";

    private GroupTopics() {}

    /** Where the events of the topic go that the group could not handle: {@code <topic>-<group>-dlq}. */
    public static String deadLetters(String topic, String group) {
        return topic + "-" + group + DEAD_LETTERS;
    }

    /** Where they come again, to this group alone: {@code <topic>-<group>-retry}. */
    public static String retry(String topic, String group) {
        return topic + "-" + group + RETRY;
    }

    /** Whether a message of a group's own topic is this group's, and not that of another that shares it. */
    public static boolean isFor(String group, IncomingMessage message) {
        @Nullable String named = message.header(GROUP_HEADER);
        if (named != null && !named.equals(group)) {
            return false;
        }
        @Nullable String topic = message.header(TOPIC_HEADER);
        return topic == null
                || message.topic().equals(retry(topic, group))
                || message.topic().equals(deadLetters(topic, group));
    }

    /** Whether a topic, by its name, is one that a group has for itself. */
    public static boolean isForOneGroup(String topic) {
        return topic.endsWith(DEAD_LETTERS) || topic.endsWith(RETRY);
    }
}
