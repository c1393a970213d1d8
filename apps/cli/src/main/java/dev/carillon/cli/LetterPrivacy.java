package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.events.Masked;
import dev.carillon.events.internal.PiiScrubber;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a dead letter may be shown to somebody who did not ask for personal data. Its key and its cause may quote the event: where
 * the event can be read, they are compared with its personal data; where it cannot, they are taken to hold some.
 */
final class LetterPrivacy {

    private static final Pattern QUOTED = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|(?<![\\p{L}\\p{N}])'[^']*'(?![\\p{L}\\p{N}])|[^\\s\"']+@[^\\s\"']+");

    private final LetterData data;
    private final Function<DeadLetter, Optional<RawMessage>> messages;
    private final boolean showsPii;

    /** Asks for the messages of dead letters that are to be shown without their personal data. */
    LetterPrivacy(LetterData data, Function<DeadLetter, Optional<RawMessage>> messages, boolean showsPii) {
        this.data = data;
        this.messages = messages;
        this.showsPii = showsPii;
    }

    private Optional<Object> dataOf(DeadLetter letter) {
        return messages.apply(letter).flatMap(message -> data.of(letter, message));
    }

    /** The key, or a digest of it; null where there is none. */
    @Nullable
    String key(DeadLetter letter) {
        String key = letter.key();
        return showsPii || key == null
                ? key
                : PiiScrubber.key(key, dataOf(letter).orElse(null));
    }

    /** Why it could not be handled. What a receiver said about an event that cannot be read here is not shown. */
    String text(DeadLetter letter) {
        String text = letter.cause().text();
        if (showsPii || text.isEmpty()) {
            return text;
        }
        return dataOf(letter)
                .map(found -> PiiScrubber.scrub(text, found))
                .orElseGet(() -> letter.cause().kind() == DeadLetter.Kind.FAILED ? Masked.MASK : withoutQuotes(text));
    }

    /** A header of the message as it came. */
    String header(DeadLetter letter, String value) {
        return showsPii
                ? value
                : dataOf(letter).map(found -> PiiScrubber.scrub(value, found)).orElseGet(() -> withoutQuotes(value));
    }

    private static String withoutQuotes(String text) {
        return QUOTED.matcher(text).replaceAll(Masked.MASK);
    }
}
