package dev.carillon.bus.internal;

import java.util.Optional;

/** Topic names on the broker: {@code EVENT_BUS_TOPIC_PREFIX}, a hyphen, and the topic. Without a prefix, the topic alone. */
public record TopicNames(Optional<String> prefix) {

    public String full(String topic) {
        return prefix.map(each -> each + "-" + topic).orElse(topic);
    }

    /** The topic without its prefix. Returns the name unchanged when it does not start with the prefix. */
    public String base(String fullTopic) {
        return prefix.filter(each -> fullTopic.startsWith(each + "-"))
                .map(each -> fullTopic.substring(each.length() + 1))
                .orElse(fullTopic);
    }
}
