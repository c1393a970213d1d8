package dev.carillon.cli;

import dev.carillon.bus.config.SettingsException;
import dev.carillon.events.UnknownSignalException;
import dev.carillon.events.internal.Secrets;
import dev.carillon.events.internal.Shown;
import dev.carillon.events.plugins.PluginException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns every exception of a command into one message on standard error and an exit code. Stack traces are printed with
 * {@code --verbose} only.
 */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Messages about arguments quote them. */
    private static final int MAX_MESSAGE_LENGTH = 1_000;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (lacksSubcommand(e)) {
            command.usage(err, command.getColorScheme());
            return ExitCode.USAGE;
        }
        err.println("carillon: " + Shown.text(withoutPrefix(String.valueOf(e.getMessage())), MAX_MESSAGE_LENGTH));
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            err.print("Expected: " + command.getHelp().abbreviatedSynopsis());
        }
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for options and examples.");
        printStackTrace(e, command);
        return ExitCode.USAGE;
    }

    private static boolean lacksSubcommand(ParameterException e) {
        return e.getClass() == ParameterException.class
                && !e.getCommandLine().getSubcommands().isEmpty()
                && e.getCommandLine().getParseResult() != null
                && !e.getCommandLine().getParseResult().hasSubcommand();
    }

    /** picocli begins some of its messages with "Error: ". */
    private static String withoutPrefix(String message) {
        return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println("carillon: " + Shown.message(message(e)) + hint(e));
        printStackTrace(e, command);
        return exitCode(e);
    }

    private static String hint(Exception e) {
        if (e instanceof UnknownSignalException) {
            return " (CARILLON_CLASSPATH: jars with events of your own)";
        }
        return e instanceof PluginException && message(e).contains("'signal_path'")
                ? "\n(events of your own: in the plugin, in the folder lib beside it, or on CARILLON_CLASSPATH)"
                : "";
    }

    private static int exitCode(Exception e) {
        if (e instanceof CommandException ours) {
            return ours.exitCode();
        }
        boolean usage =
                e instanceof SettingsException || e instanceof UnknownSignalException || e instanceof PluginException;
        return usage ? ExitCode.USAGE : ExitCode.FAILED;
    }

    private static void printStackTrace(Exception e, CommandLine command) {
        if (Carillon.isVerbose(command)) {
            e.printStackTrace(command.getErr());
        }
    }

    /** The message of an exception. One that was not written for people is marked as unexpected, without secrets. */
    static String message(Throwable e) {
        String message = e.getMessage();
        boolean forPeople = e.getClass().getName().startsWith("dev.carillon.") || e instanceof IllegalArgumentException;
        return forPeople && message != null ? message : "Unexpected error: " + Secrets.inMessage(e.toString());
    }
}
