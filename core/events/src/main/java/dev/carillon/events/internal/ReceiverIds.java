package dev.carillon.events.internal;

import org.jspecify.annotations.Nullable;

/**
 * Rules for receiver ids. Ids are stored with dead letters (one per line of a header) and in the inbox tables, and appear
 * in logs. Each must be read back unchanged.
 */
public final class ReceiverIds {

    /** The limit for explicit ids. */
    public static final int LONGEST = 300;

    private ReceiverIds() {}

    /**
     * Returns the id if it has at most the given number of characters and all of them can be stored.
     *
     * @throws IllegalArgumentException showing the id and the rule that it breaks
     */
    public static String require(String id, int longest) {
        String problem = problem("The id of a receiver", id, longest);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return id;
    }

    /** The problem of an id, as a sentence about what the caller names it; null if it is valid. */
    public static @Nullable String problem(String what, String id, int longest) {
        return id.length() <= longest && isKept(id)
                ? null
                : what + " must have 1 to " + longest
                        + " characters, no blank at either end, and no line break, other control"
                        + " character or half of a surrogate pair, but is " + Shown.quoted(id);
    }

    /** Whether it can be read back unchanged, regardless of its length. */
    public static boolean isKept(String id) {
        return !id.isEmpty()
                && !isBlank(id.codePointAt(0))
                && !isBlank(id.codePointBefore(id.length()))
                && id.codePoints().noneMatch(ReceiverIds::isLost);
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isLost(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
