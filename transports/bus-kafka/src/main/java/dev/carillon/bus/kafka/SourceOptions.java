package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.internal.IsoTime;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Secrets;
import dev.carillon.events.internal.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a source, with its Kafka options parsed.
 *
 * @param spec the specification
 * @param offsetTime where to move the group instead of reading, as the Python consumer's option does; null to read
 * @param after the position after which a new group starts; null if it starts elsewhere
 */
record SourceOptions(
        SourceSpec spec,
        @Nullable Instant offsetTime,
        @Nullable RecordPosition after) {

    static final String OFFSET_TIME = "offset_time";

    /** Throws an {@link IllegalArgumentException} that names the invalid option. */
    static SourceOptions of(SourceSpec spec) {
        for (String name : new TreeSet<>(spec.extra().keySet())) {
            if (!name.equals(OFFSET_TIME)) {
                throw new IllegalArgumentException("Unknown extra option " + Shown.quoted(name) + " of value "
                        + Secrets.shown(name, spec.extra().get(name)) + NearestNames.question(name, Set.of(OFFSET_TIME))
                        + " The Kafka transport has only " + OFFSET_TIME);
            }
        }
        Object time = spec.extra().get(OFFSET_TIME);
        @Nullable
        RecordPosition after =
                spec.startAt() instanceof StartAt.After behind ? RecordPosition.parse(behind.position()) : null;
        return new SourceOptions(spec, time == null ? null : time(time), after);
    }

    private static Instant time(Object value) {
        try {
            return IsoTime.parse(String.valueOf(value)).toInstant();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The extra option '" + OFFSET_TIME + "' must be a time such as 2024-01-02T03:04:05+00:00, but is "
                            + Secrets.shown(OFFSET_TIME, value));
        }
    }

    /** The topic that a retry topic of this group belongs to; empty for other topics. */
    Optional<String> origin(String own) {
        return spec.topics().stream()
                .filter(topic -> spec.ownTopics().contains(own)
                        && GroupTopics.retry(topic, spec.group()).equals(own))
                .findFirst();
    }

    /** The group's retry topic for a topic; empty if it has none. */
    Optional<String> retryTopic(String topic) {
        return Optional.of(GroupTopics.retry(topic, spec.group())).filter(spec.ownTopics()::contains);
    }

    /** The group's dead letter topics; empty if it keeps no dead letters. */
    List<String> deadLetterTopics() {
        return spec.topics().stream()
                .filter(topic -> retryTopic(topic).isPresent())
                .map(topic -> GroupTopics.deadLetters(topic, spec.group()))
                .toList();
    }
}
