package dev.carillon.bus.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that is committed with each offset of a group: since when the group wants messages, and from which topic.
 *
 * <p>A partition without a committed offset, because it was added later or another member is about to commit the first one, is
 * read from that time on. Reading from its end would lose messages; reading from its beginning would return messages that the
 * group never wanted. The topic's id distinguishes a recreated topic from the old one of the same name.
 *
 * @param sinceMillis milliseconds since the epoch; 0 if the group wants all messages
 * @param topicId Kafka's id of the topic; empty if unknown
 * @param originId for a retry topic, Kafka's id of the topic that it belongs to; empty if unknown. Kafka deletes the offsets of a
 *     deleted topic, but not those of its retry topic
 */
record CommitMetadata(long sinceMillis, String topicId, String originId) {

    private static final Pattern TEXT = Pattern.compile(
            "carillon-since=(\\d{1,18})(?: topic=(\\S+))?(?: origin=(\\S+))?(?: reported=(\\d{1,18}))?");

    /** For a group that wants the messages of this time and later. */
    static CommitMetadata since(Instant time) {
        return new CommitMetadata(Math.max(0, time.toEpochMilli()), "", "");
    }

    /** For a group that wants all messages. */
    static CommitMetadata sinceBeginning() {
        return new CommitMetadata(0, "", "");
    }

    boolean isSinceBeginning() {
        return sinceMillis == 0;
    }

    /** Changes nothing if the id is empty. */
    CommitMetadata withTopicId(String id) {
        return id.isEmpty() ? this : new CommitMetadata(sinceMillis, id, originId);
    }

    /** Changes nothing if the id is empty. */
    CommitMetadata withOriginId(String id) {
        return id.isEmpty() ? this : new CommitMetadata(sinceMillis, topicId, id);
    }

    OffsetAndMetadata commitFor(long offset) {
        return commitFor(offset, 0);
    }

    /**
     * The offset with this metadata.
     *
     * @param reportedLost how many messages after the offset were reported as lost already
     */
    OffsetAndMetadata commitFor(long offset, long reportedLost) {
        return new OffsetAndMetadata(
                offset,
                "carillon-since=" + sinceMillis + (topicId.isEmpty() ? "" : " topic=" + topicId)
                        + (originId.isEmpty() ? "" : " origin=" + originId)
                        + (reportedLost == 0 ? "" : " reported=" + reportedLost));
    }

    /** How many messages after this offset were reported as lost already. */
    static long reportedLost(@Nullable OffsetAndMetadata committed) {
        Matcher text = match(committed);
        return text.matches() && text.group(4) != null ? Long.parseLong(text.group(4)) : 0;
    }

    private static Matcher match(@Nullable OffsetAndMetadata committed) {
        return TEXT.matcher(committed == null || committed.metadata() == null ? "" : committed.metadata());
    }

    /** The metadata of a committed offset; empty if another client committed it. */
    static Optional<CommitMetadata> parse(@Nullable OffsetAndMetadata committed) {
        Matcher text = match(committed);
        return text.matches()
                ? Optional.of(new CommitMetadata(
                        Long.parseLong(text.group(1)),
                        Objects.requireNonNullElse(text.group(2), ""),
                        Objects.requireNonNullElse(text.group(3), "")))
                : Optional.empty();
    }

    static List<CommitMetadata> parseAll(Collection<@Nullable OffsetAndMetadata> committed) {
        return committed.stream()
                .filter(Objects::nonNull)
                .flatMap(offset -> parse(offset).stream())
                .toList();
    }

    /** The one with the earliest time; empty if only other clients committed. */
    static Optional<CommitMetadata> earliest(Collection<@Nullable OffsetAndMetadata> committed) {
        return parseAll(committed).stream().min(Comparator.comparingLong(CommitMetadata::sinceMillis));
    }
}
