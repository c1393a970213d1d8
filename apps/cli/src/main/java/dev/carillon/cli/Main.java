package dev.carillon.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/** The entry point of the process. */
public final class Main {

    private static final String DEFAULT_LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.log.";

    /** A command that reports in its own words what a logger would log as well. */
    interface ReplacesLogger {

        /** The name of the logger, which is silent unless {@code --verbose} is given. */
        String replacedLogger();
    }

    /** A command that runs as a service does: its log also says what it does while nothing fails. */
    interface LogsAsService {}

    private Main() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Console console = Console.ofThisProcess();
        System.exit(Version.isAll(arguments) ? Version.print(console) : run(console, arguments));
    }

    private static int run(Console console, String... arguments) {
        CommandLine commandLine = Carillon.commandLine(console, arguments);
        IExecutionStrategy run = commandLine.getExecutionStrategy();
        commandLine.setExecutionStrategy(parsed -> {
            setLogLevels(commandLine, parsed);
            return run.execute(parsed);
        });
        return Carillon.run(console, commandLine, arguments);
    }

    /**
     * Sets the log levels of the process, on top of {@code simplelogger.properties}. A logger reads its level only once, when it
     * is created, so this comes before everything else.
     */
    private static void setLogLevels(CommandLine commandLine, ParseResult parsed) {
        if (parsed.hasSubcommand() && parsed.subcommand().commandSpec().userObject() instanceof LogsAsService) {
            System.setProperty(DEFAULT_LOG_LEVEL, "info");
        }
        if (Carillon.isVerbose(commandLine)) {
            System.setProperty(LOG_LEVEL + "dev.carillon", "debug");
        } else if (parsed.hasSubcommand()
                && parsed.subcommand().commandSpec().userObject() instanceof ReplacesLogger command) {
            System.setProperty(LOG_LEVEL + command.replacedLogger(), "off");
        }
    }
}
