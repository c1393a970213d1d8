package dev.carillon.bus;

/** Shows what came from outside in a message of ours. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    /** At most the first hundred characters: nobody else decides how long our log lines are. */
    static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }
}
