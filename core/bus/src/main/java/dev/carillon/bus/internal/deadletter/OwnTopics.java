package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.IncomingMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The retry topics that a group reads beside its topics: what comes there came from these before. Immutable. */
public final class OwnTopics {

    public static final OwnTopics NONE = new OwnTopics(List.of(), "");

    private final Map<String, String> origins = new HashMap<>();
    private final String group;

    public OwnTopics(List<String> fullTopics, String group) {
        this.group = group;
        fullTopics.forEach(topic -> origins.put(GroupTopics.retry(topic, group), topic));
    }

    public Set<String> retryTopics() {
        return origins.keySet();
    }

    /** These topics, and the retry topics of each. */
    public Set<String> withRetryTopics(Set<String> topics) {
        Set<String> all = new HashSet<>(topics);
        origins.forEach((retry, origin) -> {
            if (topics.contains(origin)) {
                all.add(retry);
            }
        });
        return all;
    }

    boolean isRetry(String topic) {
        return origins.containsKey(topic);
    }

    /** Whether a message came again to another group, whose retry topic has the same name. */
    public boolean isForAnother(IncomingMessage message) {
        return isRetry(message.topic()) && !GroupTopics.isFor(group, message);
    }

    /** The topic itself, unless it is a retry topic. */
    public String origin(String topic) {
        return origins.getOrDefault(topic, topic);
    }
}
