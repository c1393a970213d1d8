package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a message came from first, and what was tried before: for one of a retry topic that stands in its headers.
 *
 * @param topic the full topic
 * @param topicId of a message that has a dead letter: what tells its topic from others of that name; empty where that is not known
 * @param partition the partition
 * @param position the position
 * @param place where its dead letter stands; empty when it has none
 * @param id the id of its dead letter; null when it has none
 * @param receivers the receivers to call; empty: all
 * @param owed of a message that is replayed: the receivers that its dead letter is kept for
 * @param attempts how often they were called before
 * @param firstFailed when the first of them failed; null when none has
 */
record Origin(
        String topic,
        String topicId,
        int partition,
        String position,
        String place,
        @Nullable String id,
        List<String> receivers,
        List<String> owed,
        int attempts,
        @Nullable Instant firstFailed) {

    /** A message that somebody else put on a retry topic came there first, and its dead letter stands with the topic's others. */
    static Origin of(IncomingMessage message, OwnTopics ownTopics) {
        String topic = ownTopics.origin(message.topic());
        @Nullable
        String position = ownTopics.isRetry(message.topic()) ? message.header(DeadLetterHeaders.POSITION) : null;
        if (position == null
                || !topic.equals(message.header(DeadLetterHeaders.TOPIC))
                || !DeadLetterHeaders.isPosition(position)) {
            return new Origin(
                    topic, "", message.partition(), message.position(), "", null, List.of(), List.of(), 0, null);
        }
        @Nullable String id = message.header(DeadLetterHeaders.ID);
        String place = Objects.requireNonNullElse(message.header(DeadLetterHeaders.PLACE), "");
        boolean isRedriven = id != null && DeadLetterHeaders.isId(id) && DeadLetterHeaders.isPosition(place);
        return new Origin(
                topic,
                Objects.requireNonNullElse(message.header(DeadLetterHeaders.TOPIC_ID), ""),
                DeadLetterHeaders.number(message, DeadLetterHeaders.PARTITION),
                position,
                isRedriven ? place : "",
                isRedriven ? id : null,
                DeadLetterHeaders.receivers(message),
                DeadLetterHeaders.owed(message),
                DeadLetterHeaders.number(message, DeadLetterHeaders.ATTEMPTS),
                DeadLetterHeaders.time(message, DeadLetterHeaders.FIRST_FAILED).orElse(null));
    }

    /** Whether it is a dead letter that is tried again. */
    boolean isRedriven() {
        return !place.isEmpty();
    }

    /** The id of the dead letter that the message is, or would be. */
    String id(IncomingMessage message) {
        return id == null ? DeadLetterIds.of(this, message) : id;
    }
}
