package dev.carillon.bus.transport;

import org.jspecify.annotations.Nullable;

/**
 * The topics that belong to one group, in addition to a topic that it reads. The name of the topic may be given with or without
 * prefix; the results are alike. Two groups may share such a topic because of its name: topic {@code a-b} and group {@code c},
 * topic {@code a} and group {@code b-c}. The headers of a message name its group.
 */
public final class GroupTopics {

    /** The header of a message on such a topic that names its group. */
    public static final String GROUP_HEADER = "carillon-group";

    /** The header of a message on such a topic that names the topic it came from. */
    public static final String TOPIC_HEADER = "carillon-topic";

    private static final String DEAD_LETTERS = "-dlq";
    private static final String RETRY = "-retry";

    private GroupTopics() {}

    /** The topic for events that the group could not handle: {@code <topic>-<group>-dlq}. */
    public static String deadLetters(String topic, String group) {
        return topic + "-" + group + DEAD_LETTERS;
    }

    /** The topic from which they are delivered again, only to this group: {@code <topic>-<group>-retry}. */
    public static String retry(String topic, String group) {
        return topic + "-" + group + RETRY;
    }

    /** Whether a message on a group's own topic is for this group, and not for another that shares the topic. */
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

    /** Whether a topic belongs to one group, judging by its name. */
    public static boolean isForOneGroup(String topic) {
        return topic.endsWith(DEAD_LETTERS) || topic.endsWith(RETRY);
    }
}
