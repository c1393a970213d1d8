package dev.carillon.bus.internal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import dev.carillon.events.internal.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
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
 * @param owed of a replayed message: the receivers that its dead letter still has to reach
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
        List<String> owed,
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
                DeadLetterHeaders.owed(message),
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

    /**
     * Generates the ids of dead letters. A message always has the same id, however often it becomes a dead letter. Different
     * messages have different ids, even at the same position of a topic that was deleted and recreated.
     */
    public static final class DeadLetterIds {

        private static final int BYTES = 16;

        private DeadLetterIds() {}

        /**
         * Returns the id: a hash of the original position and of the complete message, including the event id, which is a
         * header.
         */
        public static String of(Origin origin, IncomingMessage message) {
            MessageDigest digest = Sha256.digest();
            add(digest, origin.topic().getBytes(UTF_8));
            add(digest, Integer.toString(origin.partition()).getBytes(UTF_8));
            add(digest, origin.position().toString().getBytes(UTF_8));
            for (Header header : DeadLetterHeaders.withoutDeadLetterHeaders(message.headers())) {
                add(digest, header.name().getBytes(UTF_8));
                add(digest, header.value());
            }
            if (message.key() != null) {
                add(digest, message.key());
            }
            add(digest, message.data());
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        }

        /** Adds a part with its length, so that no bytes can move from one part to the next. */
        private static void add(MessageDigest digest, byte[] part) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            digest.update(part);
        }
    }
}
