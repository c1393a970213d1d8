package dev.carillon.events.internal;

import org.jspecify.annotations.Nullable;

/**
 * What may be the id of a receiver. Ids are kept with dead letters, one to a line of a header, in the tables of the inbox, and in
 * logs: each must come back as it was given.
 */
public final class ReceiverIds {

    /** Of an id that somebody gives. */
    public static final int LONGEST = 300;

    private ReceiverIds() {}

    /**
     * The id, when it has at most so many characters and none that would not come back.
     *
     * @throws IllegalArgumentException showing the id, and saying what is right
     */
    public static String require(String id, int longest) {
        String problem = problem("The id of a receiver", id, longest);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return id;
    }

    /** What is wrong with an id, as a sentence about what it is called here; null when nothing is. */
    public static @Nullable String problem(String what, String id, int longest) {
        return id.length() <= longest && isKept(id)
                ? null
                : what + " must have 1 to " + longest
                        + " characters, no blank at either end, and no line break, other control"
                        + " character or half of a surrogate pair, but is " + Shown.quoted(id);
    }

    /** Whether it comes back as it is, however long it may be. */
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
