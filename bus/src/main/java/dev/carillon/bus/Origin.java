package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a message came from first, and what was tried before: for one of a retry topic that stands in its headers.
 *
 * @param topic the full topic
 * @param partition the partition
 * @param position the position
 * @param place where its dead letter stands; empty when it has none
 * @param id the id of its dead letter; null when it has none
 * @param receivers the receivers to call; empty: all
 * @param attempts how often they were called before
 * @param firstFailed when the first of them failed; null when none has
 */
record Origin(
        String topic,
        int partition,
        String position,
        String place,
        @Nullable String id,
        List<String> receivers,
        int attempts,
        @Nullable Instant firstFailed) {

    static Origin of(IncomingMessage message, OwnTopics ownTopics) {
        if (!ownTopics.isRetry(message.topic())) {
            return here(message);
        }
        @Nullable String topic = message.header(LetterHeaders.TOPIC);
        @Nullable String position = message.header(LetterHeaders.POSITION);
        if (topic == null || position == null || !LetterHeaders.isPosition(position)) {
            return here(message);
        }
        @Nullable String id = message.header(LetterHeaders.ID);
        String place = Objects.requireNonNullElse(message.header(LetterHeaders.PLACE), "");
        boolean isRedriven = id != null && LetterHeaders.isPosition(place);
        return new Origin(
                topic,
                LetterHeaders.number(message, LetterHeaders.PARTITION),
                position,
                isRedriven ? place : "",
                isRedriven ? id : null,
                LetterHeaders.receivers(message),
                LetterHeaders.number(message, LetterHeaders.ATTEMPTS),
                LetterHeaders.time(message, LetterHeaders.FIRST_FAILED).orElse(null));
    }

    private static Origin here(IncomingMessage message) {
        return new Origin(message.topic(), message.partition(), message.position(), "", null, List.of(), 0, null);
    }

    /** Whether it is a dead letter that is tried again. */
    boolean isRedriven() {
        return !place.isEmpty();
    }

    PlaceInTopic placeInTopic() {
        return PlaceInTopic.of(partition, position);
    }

    /** The id of the dead letter that the message is, or would be. */
    String id(IncomingMessage message) {
        return id == null ? DeadLetterIds.of(this, message) : id;
    }
}
