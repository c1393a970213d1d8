package dev.carillon.events.internal;

/**
 * Makes untrusted text safe for a log line, a message or a terminal. All of our code that prints external names, keys or
 * values uses this class, so that such text cannot forge or flood log lines.
 *
 * <p>Control characters, escape sequences, line breaks, characters that change the text direction and halves of surrogate
 * pairs are written as {@code \u001b}. Text that is too long is truncated, and its length added.
 */
public final class Shown {

    private static final int LONGEST = 100;
    private static final int LONGEST_TOPIC = 300;

    /** The limit for a whole message of foreign code, such as that of an exception. */
    private static final int LONGEST_MESSAGE = 2_000;

    private Shown() {}

    /** At most the first 100 characters. */
    public static String text(String text) {
        return text(text, LONGEST);
    }

    /** The name of a topic, complete if a broker would accept it. */
    public static String topic(String topic) {
        return text(topic, LONGEST_TOPIC);
    }

    /** At most the given number of characters. */
    public static String text(String text, int longest) {
        int end = end(text, longest);
        String escaped = escaped(text, end, false);
        return end == text.length() ? escaped : escaped + length(text.length());
    }

    /** At most the first 100 characters, in single quotes. */
    public static String quoted(String text) {
        return quoted(text, LONGEST);
    }

    /** At most the given number of characters, in single quotes. */
    public static String quoted(String text, int longest) {
        return quoted(text, longest, text.length());
    }

    /** As {@link #quoted(String, int)}, for the start of a text with the given total length. */
    public static String quoted(String start, int longest, int length) {
        int end = end(start, longest);
        String quoted = "'" + escaped(start, end, false) + "'";
        return end == length ? quoted : quoted + length(length);
    }

    /** The whole text on one line, for text that is limited elsewhere. */
    public static String escaped(String text) {
        return escaped(text, text.length(), false);
    }

    /** A multi-line message of at most 2,000 characters; line breaks are kept. */
    public static String message(String message) {
        int end = end(message, LONGEST_MESSAGE);
        String escaped = escaped(message, end, true);
        return end == message.length() ? escaped : escaped + length(message.length());
    }

    private static String length(int length) {
        return "… (" + length + " characters)";
    }

    /** Never splits a surrogate pair. */
    private static int end(String text, int longest) {
        if (text.length() <= longest) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    }

    private static String escaped(String text, int end, boolean keepsLines) {
        StringBuilder shown = null;
        int at = 0;
        while (at < end) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            if (isOdd(character) && !(keepsLines && (character == '\n' || character == '\t'))) {
                if (shown == null) {
                    shown = new StringBuilder(end + 16).append(text, 0, at);
                }
                for (int i = at; i < next; i++) {
                    shown.append("\\u").append(Integer.toHexString(0x10000 | text.charAt(i)), 1, 5);
                }
            } else if (shown != null) {
                shown.appendCodePoint(character);
            }
            at = next;
        }
        return shown == null ? text.substring(0, end) : shown.toString();
    }

    private static boolean isOdd(int character) {
        if (character >= ' ' && character < 0x7F) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
