package dev.carillon.bus;

/** The topics that a group has for itself beside a topic. With or without prefix: as the topic is given, so is the answer. */
public final class GroupTopics {

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

    /** Whether a topic, by its name, is one that a group has for itself. */
    public static boolean isForOneGroup(String topic) {
        return topic.endsWith(DEAD_LETTERS) || topic.endsWith(RETRY);
    }
}
