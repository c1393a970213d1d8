package dev.carillon.cli;

/** The exit codes of the process, and how help texts explain them. */
final class ExitCode {

    /** The command succeeded. */
    static final int SUCCESS = 0;

    /** The request was valid, but failed: invalid input lines, an unavailable broker. */
    static final int FAILED = 1;

    /** Wrong arguments or settings. Nothing was done. */
    static final int USAGE = 2;

    /** For help texts, in the form that picocli expects: the code, a colon, the explanation. */
    static final String HEADING = "%nExit codes:%n";

    static final String SUCCESS_HELP = "0:Success";
    static final String INVALID_LINES_HELP = "1:Some lines are invalid; the output has an error in place of each";
    static final String BROKER_HELP = "1:The broker is unavailable or refused the request";
    static final String USAGE_HELP = "2:Wrong usage";
    static final String SETTINGS_HELP = "2:Wrong usage or settings; nothing was done";

    private ExitCode() {}
}
