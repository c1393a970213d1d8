package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupTopics;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Valid topic names, and which topic a dead letter or retry topic belongs to. Invalid names are rejected before Kafka does. */
final class KafkaTopicNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern INVALID_CHARACTER = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int MAX_SHOWN = 100;

    private KafkaTopicNames() {}

    /** Throws an {@link IllegalArgumentException} for the first invalid name. */
    static void check(Collection<String> topics) {
        topics.forEach(KafkaTopicNames::check);
    }

    static void check(String topic) {
        if (!NAME.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw new IllegalArgumentException("Invalid Kafka topic name " + shown(topic)
                    + ": it must be 1 to 249 letters, digits, '.', '_' or '-'; so must the names of the group's topics,"
                    + " <topic>-<group>-dlq and <topic>-<group>-retry");
        }
    }

    /** The topic, of these, that a group's topic belongs to by its name; empty if there is none. */
    static Optional<String> origin(String own, Collection<String> topics) {
        return topics.stream()
                .filter(topic -> !GroupTopics.isForOneGroup(topic) && own.startsWith(topic + "-"))
                .max(Comparator.comparingInt(String::length));
    }

    /** Without characters that could forge log lines or control a terminal. */
    private static String shown(String topic) {
        String sanitized = INVALID_CHARACTER
                .matcher(topic)
                .replaceAll(bad -> bad.group().equals("/") || bad.group().equals(" ") ? bad.group() : "?");
        return "'" + sanitized.substring(0, Math.min(MAX_SHOWN, sanitized.length())) + "'"
                + (topic.length() > MAX_SHOWN ? "… (" + topic.length() + " characters)" : "");
    }
}
