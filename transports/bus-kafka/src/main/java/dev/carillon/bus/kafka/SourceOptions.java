package dev.carillon.bus.kafka;

import dev.carillon.bus.internal.Secrets;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.internal.IsoTime;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a specification asks for, with the option that the Python consumer has.
 *
 * @param spec the specification
 * @param offsetTime move the group to this time, instead of reading; null: read
 * @param after the position behind which a new group starts; null: it starts otherwise
 */
record SourceOptions(
        SourceSpec spec,
        @Nullable Instant offsetTime,
        @Nullable Position after) {

    static final String OFFSET_TIME = "offset_time";

    /** Throws an {@link IllegalArgumentException} that names what does not fit. */
    static SourceOptions of(SourceSpec spec) {
        for (String name : new TreeSet<>(spec.extra().keySet())) {
            if (!name.equals(OFFSET_TIME)) {
                throw new IllegalArgumentException("Unknown extra option " + Shown.quoted(name) + " of value "
                        + Secrets.shown(name, spec.extra().get(name)) + NearestNames.question(name, Set.of(OFFSET_TIME))
                        + " Kafka knows " + OFFSET_TIME);
            }
        }
        Object time = spec.extra().get(OFFSET_TIME);
        @Nullable
        Position after = spec.startAt() instanceof StartAt.After behind ? Position.parse(behind.position()) : null;
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

    /** The topic that a topic of the group's own belongs to; empty where it is none of the group's own. */
    Optional<String> origin(String own) {
        return spec.topics().stream()
                .filter(topic -> spec.ownTopics().contains(own)
                        && GroupTopics.retry(topic, spec.group()).equals(own))
                .findFirst();
    }

    /** The topic of the group's own that is read beside a topic. */
    Optional<String> own(String topic) {
        return Optional.of(GroupTopics.retry(topic, spec.group())).filter(spec.ownTopics()::contains);
    }

    /** The topics in which the group keeps its dead letters; none, where it keeps none. */
    List<String> deadLetterTopics() {
        return spec.topics().stream()
                .filter(topic -> own(topic).isPresent())
                .map(topic -> GroupTopics.deadLetters(topic, spec.group()))
                .toList();
    }
}
