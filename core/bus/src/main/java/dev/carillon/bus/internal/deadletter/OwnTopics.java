package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The retry topics that a group reads in addition to its topics, and the topics that they belong to. Immutable. */
public final class OwnTopics {

    public static final OwnTopics NONE = new OwnTopics(List.of(), "", text -> {
        throw new IllegalStateException("Without retry topics, no position is read from a message");
    });

    private final Map<String, String> origins = new HashMap<>();
    private final String group;
    private final Function<String, Position> positions;

    /** The function parses positions, and throws an {@link IllegalArgumentException} for other texts. */
    public OwnTopics(List<String> fullTopics, String group, Function<String, Position> positions) {
        this.group = group;
        this.positions = positions;
        fullTopics.forEach(topic -> origins.put(GroupTopics.retry(topic, group), topic));
    }

    public Set<String> retryTopics() {
        return origins.keySet();
    }

    /** Returns these topics and their retry topics. */
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

    /** Whether a message was redriven or replayed to another group, whose retry topic has the same name. */
    public boolean isForAnother(IncomingMessage message) {
        return isRetry(message.topic()) && !GroupTopics.isFor(group, message);
    }

    /** Parses the position in a header; null when there is none, or the text is not one: anyone can write to a retry topic. */
    @Nullable
    Position position(@Nullable String text) {
        try {
            return text == null ? null : positions.apply(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns the topic that a retry topic belongs to. Returns other topics unchanged. */
    public String origin(String topic) {
        return origins.getOrDefault(topic, topic);
    }
}
