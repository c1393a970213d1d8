package dev.carillon.bus.deadletter;

import dev.carillon.events.internal.Shown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that a group could not handle, with what was known when it was given up; without the message itself, which
 * {@link DeadLetters#message} gets.
 *
 * @param id its name among the dead letters: one message has one, however often it becomes a dead letter
 * @param topic the full topic that it came from
 * @param topicId what tells that topic from others of its name, in the broker's words: one that was deleted and made anew is
 *     another. Empty where that is not known, or does not matter
 * @param partition its partition there, 0 where the broker has none
 * @param position its position there, in the broker's words
 * @param group the group that could not handle it
 * @param eventType the event's type; null where the message has none
 * @param eventId the event's id; null where the message has none
 * @param key the event's key as text; null where it has none
 * @param cause why it is here
 * @param attempts how often its receivers were called
 * @param firstFailed when it failed for the first time
 * @param lastFailed when it failed last
 * @param redriven since when it is on its way to the group again; null while it is not
 * @param place where it stands among the dead letters, in the broker's words
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
        @Nullable Instant redriven,
        String place) {

    /**
     * Why a message was given up.
     *
     * @param kind what happened
     * @param failure the class of what was thrown; empty where nothing was
     * @param text the message of what was thrown, or what is wrong; at most 1,000 characters
     * @param receivers the receivers that failed; empty where none was called
     */
    public record Cause(Kind kind, String failure, String text, List<String> receivers) {

        /** Takes a copy. */
        public Cause {
            receivers = List.copyOf(receivers);
        }

        /** Without the text, which may quote somebody. */
        @Override
        public String toString() {
            return "Cause[" + kind + ", " + Shown.text(failure) + "]";
        }
    }

    /** What happened to a message. */
    public enum Kind {
        /** Receivers failed, each time or for good. */
        FAILED,
        /** It is no event that can be read. */
        UNDECODABLE,
        /** It came behind another on its key, which is held. */
        BLOCKED
    }

    public DeadLetter redrivenAt(@Nullable Instant time, String newPlace) {
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

    /** Which one it is; never what it holds. */
    @Override
    public String toString() {
        return Shown.text(id) + " (" + Shown.topic(topic) + "@" + Shown.text(position) + ", "
                + Shown.text(String.valueOf(eventType)) + " " + Shown.text(String.valueOf(eventId)) + ")";
    }
}
