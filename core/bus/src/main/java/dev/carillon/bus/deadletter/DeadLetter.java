package dev.carillon.bus.deadletter;

import dev.carillon.events.internal.Shown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that a group could not handle, with the details known when it was dead-lettered. It does not contain the message
 * itself: see {@link DeadLetters#message}.
 *
 * @param id its name among the dead letters; a message keeps it, however often it becomes a dead letter
 * @param topic the full topic that the message came from
 * @param topicId distinguishes that topic from others with the same name, in the broker's format: a topic that was deleted and
 *     recreated is a different one. Empty when it is not known, or does not matter
 * @param partition the message's partition there; 0 when the broker has none
 * @param position the message's position there, in the broker's format
 * @param group the group that could not handle the message
 * @param eventType the event's type; null when the message has none
 * @param eventId the event's id; null when the message has none
 * @param key the event's key as text; null when it has none
 * @param cause why the message was dead-lettered
 * @param attempts how often its receivers were called
 * @param firstFailed the time of the first failure
 * @param lastFailed the time of the last failure
 * @param redrivenAt when it was redriven; null while it is not on its way to the group again
 * @param place its place among the dead letters, in the broker's format
 */
public record DeadLetter(
        String id,
        String topic,
        String topicId,
        int partition,
        String position,
        String group,
        @Nullable String eventType,
        @Nullable String eventId,
        @Nullable String key,
        Cause cause,
        int attempts,
        Instant firstFailed,
        Instant lastFailed,
        @Nullable Instant redrivenAt,
        String place) {

    /**
     * Why a message was dead-lettered.
     *
     * @param kind the kind of failure
     * @param failure the class of the exception; empty when there was none
     * @param text the message of the exception, or a description of the problem; at most 1,000 characters
     * @param receivers the receivers that failed; empty when none was called
     */
    public record Cause(Kind kind, String failure, String text, List<String> receivers) {

        /** Copies the list. */
        public Cause {
            receivers = List.copyOf(receivers);
        }

        /** Omits the text, which may contain personal data. */
        @Override
        public String toString() {
            return "Cause[" + kind + ", " + Shown.text(failure) + "]";
        }
    }

    /** The kind of failure. */
    public enum Kind {
        /** Receivers failed, in every attempt or with an error that is not retried. */
        FAILED,
        /** The message could not be decoded. */
        UNDECODABLE,
        /** The message followed another on a blocked key. */
        BLOCKED
    }

    /** The same dead letter with another time of its redrive, at another place. */
    public DeadLetter withRedrive(@Nullable Instant time, String newPlace) {
        return new DeadLetter(
                id,
                topic,
                topicId,
                partition,
                position,
                group,
                eventType,
                eventId,
                key,
                cause,
                attempts,
                firstFailed,
                lastFailed,
                time,
                newPlace);
    }

    /** Identifies the dead letter; never contains its data. */
    @Override
    public String toString() {
        return Shown.text(id) + " (" + Shown.topic(topic) + "@" + Shown.text(position) + ", "
                + Shown.text(String.valueOf(eventType)) + " " + Shown.text(String.valueOf(eventId)) + ")";
    }
}
