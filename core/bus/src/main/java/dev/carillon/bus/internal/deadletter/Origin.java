package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The original position of a message, and its previous attempts. For a message of a retry topic, these come from its headers.
 *
 * @param topic the full topic
 * @param topicId distinguishes the topic from others of the same name, for a message that has a dead letter; empty when unknown
 * @param partition the partition
 * @param position the position
 * @param place the place of its dead letter; empty when it has none
 * @param id the id of its dead letter; null when it has none
 * @param receivers the receivers to call; empty for all
 * @param pendingReceivers of a replayed message: the receivers that its dead letter still has to reach
 * @param attempts how often the receivers were called before
 * @param firstFailed when the first of them failed; null when none has
 */
public record Origin(
        String topic,
        String topicId,
        int partition,
        Position position,
        String place,
        @Nullable String id,
        List<String> receivers,
        List<String> pendingReceivers,
        int attempts,
        @Nullable Instant firstFailed) {

    /**
     * Returns the origin of a message. A message that a third party sent to a retry topic originates there; its dead letter is
     * stored with the others of the topic.
     */
    public static Origin of(IncomingMessage message, OwnTopics ownTopics) {
        String topic = ownTopics.origin(message.topic());
        @Nullable
        Position position = ownTopics.isRetry(message.topic())
                ? ownTopics.position(message.header(DeadLetterHeaders.POSITION))
                : null;
        if (position == null || !topic.equals(message.header(DeadLetterHeaders.TOPIC))) {
            return new Origin(
                    topic, "", message.partition(), message.position(), "", null, List.of(), List.of(), 0, null);
        }
        @Nullable String id = message.header(DeadLetterHeaders.ID);
        String place = Objects.requireNonNullElse(message.header(DeadLetterHeaders.PLACE), "");
        boolean isRedriven = id != null && DeadLetterHeaders.isId(id) && ownTopics.position(place) != null;
        return new Origin(
                topic,
                Objects.requireNonNullElse(message.header(DeadLetterHeaders.TOPIC_ID), ""),
                DeadLetterHeaders.number(message, DeadLetterHeaders.PARTITION),
                position,
                isRedriven ? place : "",
                isRedriven ? id : null,
                DeadLetterHeaders.receivers(message),
                DeadLetterHeaders.pendingReceivers(message),
                DeadLetterHeaders.number(message, DeadLetterHeaders.ATTEMPTS),
                DeadLetterHeaders.time(message, DeadLetterHeaders.FIRST_FAILED).orElse(null));
    }

    /** Whether the message is a redriven dead letter. */
    public boolean isRedriven() {
        return !place.isEmpty();
    }

    /** The id of the dead letter of the message, or the id that it would have. */
    public String id(IncomingMessage message) {
        return id == null ? DeadLetterIds.of(this, message) : id;
    }
}
