package dev.carillon.cli;

/** Text that stands out on a terminal, and is plain everywhere else. */
final class Terminal {

    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private Terminal() {}

    static String bold(String text, Caller caller) {
        return caller.wantsColours() ? BOLD + text + PLAIN : text;
    }
}
