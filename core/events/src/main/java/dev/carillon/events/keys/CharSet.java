package dev.carillon.events.keys;

import java.util.function.IntPredicate;

/**
 * The characters that may stand in a part of a key.
 *
 * @param low the ASCII characters 0 to 63, one bit each
 * @param high the ASCII characters 64 to 127, one bit each
 * @param beyondAscii which other characters belong to the set
 * @param description what the set holds, for messages
 */
record CharSet(long low, long high, IntPredicate beyondAscii, String description) {

    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** Parts of courses, libraries and blocks since the {@code …-v1} keys. */
    static final CharSet ID = words("-~.:");

    /** As {@link #ID}, and the percent sign: ids of old blocks, and a block's id after a course's. */
    static final CharSet ID_OR_PERCENT = words("-~.:%");

    /** Parts of an old {@code org/course/run}. */
    static final CharSet OLD_ID = words("-.%");

    /** Names within a content library. */
    static final CharSet NAME = words("-.");

    /** Organizations and types in the keys of content libraries. */
    static final CharSet ASCII_NAME = of(LETTERS + DIGITS + "_-.", character -> false, "ASCII letters, digits and _-.");

    static final CharSet LOWER_HEX = of(DIGITS + "abcdef", character -> false, "hexadecimal digits in lower case");

    static final CharSet HEX = of(DIGITS + "abcdefABCDEF", character -> false, "hexadecimal digits");

    static final CharSet DECIMAL = of(DIGITS, WordCharacters::isDecimalDigit, "digits");

    private static CharSet words(String signs) {
        return of(LETTERS + DIGITS + "_" + signs, WordCharacters::isWord, "letters, digits and _" + signs);
    }

    private static CharSet of(String ascii, IntPredicate beyondAscii, String description) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < ascii.length(); i++) {
            char character = ascii.charAt(i);
            if (character < 64) {
                low |= 1L << character;
            } else {
                high |= 1L << (character - 64);
            }
        }
        return new CharSet(low, high, beyondAscii, description);
    }

    /** The first position, at or after the given one, that is the end of the text or has a character outside this set. */
    int end(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character < 128) {
                if ((((character < 64 ? low : high) >>> (character & 63)) & 1) == 0) {
                    return at;
                }
                at++;
            } else {
                int whole = text.codePointAt(at);
                if (!beyondAscii.test(whole)) {
                    return at;
                }
                at += Character.charCount(whole);
            }
        }
        return at;
    }
}
