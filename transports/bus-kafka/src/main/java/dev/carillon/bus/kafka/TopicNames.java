package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupTopics;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names of topics Kafka takes, and which belong together. It refuses others again and again, so that waiting does not help.
 */
final class TopicNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int SHOWN = 100;

    private TopicNames() {}

    /** Throws an {@link IllegalArgumentException} that says what is wrong with one of them. */
    static void check(Collection<String> topics) {
        topics.forEach(TopicNames::check);
    }

    static void check(String topic) {
        if (!NAME.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw new IllegalArgumentException("Kafka has no topic " + shown(topic)
                    + ": a name must be 1 to 249 letters, digits, '.', '_' or '-' long; so must those of a group's own"
                    + " topics, <topic>-<group>-dlq and <topic>-<group>-retry");
        }
    }

    /** To which of these topics one belongs that a group has for itself, by its name; empty where that is none of them. */
    static Optional<String> origin(String own, Collection<String> topics) {
        return topics.stream()
                .filter(topic -> !GroupTopics.isForOneGroup(topic) && own.startsWith(topic + "-"))
                .max(Comparator.comparingInt(String::length));
    }

    /** Without what would reach a log or a terminal as it is. */
    private static String shown(String topic) {
        String harmless = NOT_IN_NAMES
                .matcher(topic)
                .replaceAll(bad -> bad.group().equals("/") || bad.group().equals(" ") ? bad.group() : "?");
        return "'" + harmless.substring(0, Math.min(SHOWN, harmless.length())) + "'"
                + (topic.length() > SHOWN ? "… (" + topic.length() + " characters)" : "");
    }
}
