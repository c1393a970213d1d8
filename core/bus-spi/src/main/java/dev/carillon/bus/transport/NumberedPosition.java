package dev.carillon.bus.transport;

import dev.carillon.events.internal.Shown;
import java.util.regex.Pattern;

/**
 * The position of a message in a topic that has one partition and numbers its messages, such as a table or a file.
 *
 * @param number the number of the message, at least 0: a later message has a higher one
 */
public record NumberedPosition(long number) implements Position {

    private static final Pattern TEXT = Pattern.compile("\\d{1,18}");

    /**
     * Parses a number of at most 18 digits.
     *
     * @throws IllegalArgumentException when the text is not one
     */
    public static NumberedPosition parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A position must be the number of a message, such as 1700, but is " + Shown.quoted(text));
        }
        return new NumberedPosition(Long.parseLong(text));
    }

    /** The number of a message of a transport whose positions are of this type. */
    public static long of(IncomingMessage message) {
        return ((NumberedPosition) message.position()).number();
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(number, ((NumberedPosition) other).number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
