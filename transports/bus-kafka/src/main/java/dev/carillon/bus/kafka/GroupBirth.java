package dev.carillon.bus.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Since when a group wants the messages of a topic, and of which topic, as there may be another of its name later. It is noted
 * with each offset that is committed, so that a partition where the group has none, because it is new or another member is just
 * placing the group there, is read from that time on: neither from its end, which would lose messages, nor from messages that the
 * group never wanted.
 *
 * @param millis since the epoch
 * @param topicId Kafka's id of the topic; empty where it is not known
 * @param originId for a topic of the group's own, Kafka's id of the topic that it belongs to: Kafka forgets the offsets of a topic
 *     that is deleted, but not these; empty where it is not known
 */
record GroupBirth(long millis, String topicId, String originId) {

    private static final Pattern NOTE = Pattern.compile(
            "carillon-since=(\\d{1,18})(?: topic=(\\S+))?(?: origin=(\\S+))?(?: reported=(\\d{1,18}))?");

    static GroupBirth at(Instant time) {
        return new GroupBirth(Math.max(0, time.toEpochMilli()), "", "");
    }

    /** For a group that wants all there is. */
    static GroupBirth ofOld() {
        return new GroupBirth(0, "", "");
    }

    /** Whether the group wants all there is. */
    boolean isOld() {
        return millis == 0;
    }

    /** The same in the topic of this id. */
    GroupBirth in(String topic) {
        return topic.isEmpty() ? this : new GroupBirth(millis, topic, originId);
    }

    /** The same in a topic that belongs to the topic of this id. */
    GroupBirth beside(String origin) {
        return origin.isEmpty() ? this : new GroupBirth(millis, topicId, origin);
    }

    OffsetAndMetadata mark(long offset) {
        return mark(offset, 0);
    }

    /** As {@link #mark(long)}, with how many of the messages behind the offset were reported as lost already. */
    OffsetAndMetadata mark(long offset, long reported) {
        return new OffsetAndMetadata(
                offset,
                "carillon-since=" + millis + (topicId.isEmpty() ? "" : " topic=" + topicId)
                        + (originId.isEmpty() ? "" : " origin=" + originId)
                        + (reported == 0 ? "" : " reported=" + reported));
    }

    /** How many of the messages behind this offset were reported as lost already. */
    static long reported(@Nullable OffsetAndMetadata committed) {
        Matcher note = note(committed);
        return note.matches() && note.group(4) != null ? Long.parseLong(note.group(4)) : 0;
    }

    private static Matcher note(@Nullable OffsetAndMetadata committed) {
        return NOTE.matcher(committed == null || committed.metadata() == null ? "" : committed.metadata());
    }

    /** What is noted with an offset; empty where another client committed it. */
    static Optional<GroupBirth> of(@Nullable OffsetAndMetadata committed) {
        Matcher note = note(committed);
        return note.matches()
                ? Optional.of(new GroupBirth(
                        Long.parseLong(note.group(1)),
                        Objects.requireNonNullElse(note.group(2), ""),
                        Objects.requireNonNullElse(note.group(3), "")))
                : Optional.empty();
    }

    /** All that are noted. */
    static List<GroupBirth> all(Collection<@Nullable OffsetAndMetadata> committed) {
        return committed.stream()
                .filter(Objects::nonNull)
                .flatMap(offset -> of(offset).stream())
                .toList();
    }

    /** The earliest of those that are noted. */
    static Optional<GroupBirth> earliest(Collection<@Nullable OffsetAndMetadata> committed) {
        return all(committed).stream().min(java.util.Comparator.comparingLong(GroupBirth::millis));
    }
}
