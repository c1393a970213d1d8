package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters.Malformed;
import dev.carillon.events.internal.IsoTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How dead letters are printed. */
final class LetterText {

    private LetterText() {}

    /** What is known of it, without the event itself. */
    static JsonText describe(DeadLetter letter, LetterPrivacy privacy) {
        return new JsonText()
                .put("id", letter.id())
                .put("topic", letter.topic())
                .put("position", letter.position())
                .put("group", letter.group())
                .put("event_type", letter.eventType())
                .put("event_id", letter.eventId())
                .put("key", privacy.key(letter))
                .put("kind", letter.cause().kind().name().toLowerCase(Locale.ROOT))
                .put("failure", letter.cause().failure())
                .put("message", privacy.text(letter))
                .put("receivers", letter.cause().receivers())
                .put("attempts", letter.attempts())
                .put("first_failed", time(letter.firstFailed()))
                .put("last_failed", time(letter.lastFailed()))
                .put("redriven", letter.redriven() == null ? null : time(letter.redriven()));
    }

    /** Where it is, and what is wrong with it. */
    static JsonText describe(Malformed malformed) {
        return new JsonText().put("place", malformed.place()).put("malformed", malformed.reason());
    }

    static String time(Instant time) {
        return IsoTime.format(time.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
    }
}
