package dev.carillon.cli;

import dev.carillon.events.LibraryVersion;
import java.util.List;

/** What {@code carillon --version} prints. Uses no picocli, which takes longer to initialize than Java itself. */
final class Version {

    static final String SHORT_OPTION = "-V";
    static final String OPTION = "--version";

    private Version() {}

    /** Whether the version is all that these arguments want. */
    static boolean isAll(String... arguments) {
        return arguments.length == 1 && (arguments[0].equals(SHORT_OPTION) || arguments[0].equals(OPTION));
    }

    /** The release of Carillon, the release of openedx-events that it implements, and the release of Java. */
    static List<String> lines() {
        String release = Version.class.getPackage().getImplementationVersion();
        return List.of(
                "carillon " + (release == null ? "(development build)" : release),
                "openedx-events " + LibraryVersion.CURRENT,
                "Java " + Runtime.version());
    }

    /** Prints the version and returns the exit code. */
    static int print(Console console) {
        try {
            for (String line : lines()) {
                console.line(line);
            }
            console.flush();
            return ExitCode.SUCCESS;
        } catch (Console.OutputError e) {
            return console.exitCode(e);
        }
    }
}
