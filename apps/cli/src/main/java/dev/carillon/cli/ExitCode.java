package dev.carillon.cli;

/** What the process ends with; every help text says so. */
final class ExitCode {

    /** All went well. */
    static final int FINE = 0;

    /** It was asked rightly and could not do it: bad lines, a broker that is away. */
    static final int FAILED = 1;

    /** It was asked wrongly: arguments or settings. Nothing was done. */
    static final int USAGE = 2;

    /** For the help texts, in picocli's form. */
    static final String HEADING = "%nExit codes:%n";

    static final String FINE_HELP = "0:All went well";
    static final String WRONG_LINES_HELP = "1:Some lines are wrong; the output says why in the place of each";
    static final String USAGE_HELP = "2:Wrong usage";
    static final String SETTINGS_HELP = "2:Wrong usage or settings; nothing was done";

    private ExitCode() {}
}
