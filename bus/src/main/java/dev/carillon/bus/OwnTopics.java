package dev.carillon.bus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The retry topics that a group reads beside its topics: what comes there came from these before. Immutable. */
final class OwnTopics {

    static final OwnTopics NONE = new OwnTopics(List.of(), "");

    private final Map<String, String> origins = new HashMap<>();

    OwnTopics(List<String> fullTopics, String group) {
        fullTopics.forEach(topic -> origins.put(GroupTopics.retry(topic, group), topic));
    }

    Set<String> retryTopics() {
        return origins.keySet();
    }

    /** These topics, and the retry topics of each. */
    Set<String> withRetryTopics(Set<String> topics) {
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

    /** The topic itself, unless it is a retry topic. */
    String origin(String topic) {
        return origins.getOrDefault(topic, topic);
    }
}
