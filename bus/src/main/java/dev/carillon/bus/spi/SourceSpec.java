package dev.carillon.bus.spi;

import dev.carillon.bus.StartAt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to read.
 *
 * @param topics the full topics, with their prefix; at least one
 * @param group the consumer group
 * @param consumerName this member's name in the group, stable across restarts; null: one that nobody else has
 * @param startAt where a group begins that does not exist yet
 * @param extra further options of the transport, from the Python command's {@code --extra}
 */
public record SourceSpec(
        List<String> topics, String group, @Nullable String consumerName, StartAt startAt, Map<String, Object> extra) {

    /** Takes copies. */
    public SourceSpec {
        topics = List.copyOf(topics);
        extra = Map.copyOf(extra);
    }
}
