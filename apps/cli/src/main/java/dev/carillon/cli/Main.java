package dev.carillon.cli;

import picocli.CommandLine;

/** Where the process begins and ends. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine commandLine = Carillon.commandLine(Caller.ofThisProcess());
        commandLine.setExecutionStrategy(parsed -> {
            Logging.setUp(commandLine, parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        System.exit(Carillon.run(commandLine, arguments));
    }
}
