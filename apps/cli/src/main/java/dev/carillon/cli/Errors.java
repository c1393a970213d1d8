package dev.carillon.cli;

import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.internal.Secrets;
import dev.carillon.events.UnknownSignalException;
import dev.carillon.events.internal.Shown;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong in one message, without a stack trace unless asked for, and chooses the exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** What was typed stands in such messages, on one line. */
    private static final int LONGEST = 1_000;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        if (isBare(e)) {
            command.usage(err, command.getColorScheme());
            return ExitCode.USAGE;
        }
        err.println("carillon: " + Shown.text(withoutPrefix(String.valueOf(e.getMessage())), LONGEST));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for the options, and for examples.");
        printTrace(e, command);
        return ExitCode.USAGE;
    }

    /** A command that has subcommands was called without one. */
    private static boolean isBare(ParameterException e) {
        return e.getClass() == ParameterException.class
                && !e.getCommandLine().getSubcommands().isEmpty()
                && e.getCommandLine().getParseResult() != null
                && !e.getCommandLine().getParseResult().hasSubcommand();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println("carillon: " + Shown.message(message(e)));
        printTrace(e, command);
        return e instanceof UsageException || e instanceof SettingsException || e instanceof UnknownSignalException
                ? ExitCode.USAGE
                : ExitCode.FAILED;
    }

    /** picocli puts it before some of its messages. */
    private static String withoutPrefix(String message) {
        return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
    }

    private static void printTrace(Exception e, CommandLine command) {
        if (Carillon.isVerbose(command)) {
            e.printStackTrace(command.getErr());
        }
    }

    /** What an exception says; its kind, when it says nothing or was not meant for people. */
    static String message(Throwable e) {
        String message = e.getMessage();
        boolean ours = e.getClass().getName().startsWith("dev.carillon.") || e instanceof IllegalArgumentException;
        return ours && message != null ? message : "Unexpected problem: " + Secrets.inMessage(e.toString());
    }
}
