package dev.carillon.bus.internal;

import java.util.Optional;

/** How topics are named on the broker: {@code EVENT_BUS_TOPIC_PREFIX}, a hyphen, and the topic. */
public record TopicNames(Optional<String> prefix) {

    public String full(String topic) {
        return prefix.map(each -> each + "-" + topic).orElse(topic);
    }

    /** The topic without prefix. */
    public String base(String fullTopic) {
        return prefix.filter(each -> fullTopic.startsWith(each + "-"))
                .map(each -> fullTopic.substring(each.length() + 1))
                .orElse(fullTopic);
    }
}
