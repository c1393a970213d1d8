package dev.carillon.cli;

import dev.carillon.events.Signals;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: its subcommands, and the options that all of them have. */
@Command(
        name = "carillon",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Open edX Events and the Open edX Event Bus for the JVM.",
        description = {
            "",
            "Knows the public events of Open edX, turns their data into Avro and back, and talks to the event bus that"
                    + " the Python services use."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.FINE_HELP,
            "1:Something failed: lines that are wrong, a broker that is away",
            ExitCode.SETTINGS_HELP
        },
        footer = {
            "",
            "Examples:",
            "  carillon demo",
            "  carillon events list certificate",
            "  carillon consume-events -t learning-certificate-lifecycle -g try-out --from earliest",
            "",
            "Each command has examples of its own: carillon help COMMAND."
        })
final class Carillon {

    /** Wide enough for the examples, which are to be copied. */
    private static final int HELP_WIDTH = 110;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean version;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log what happens, and print stack traces, on standard error.")
    private boolean verbose;

    private Carillon() {}

    /** The whole command line, for one caller. */
    static CommandLine commandLine(Caller caller) {
        CommandLine commandLine = new CommandLine(new Carillon());
        subcommands(caller).forEach(commandLine::addSubcommand);
        addHelp(commandLine);
        Errors errors = new Errors();
        return commandLine
                .setOut(writer(caller.out()))
                .setErr(writer(caller.err()))
                .setUsageHelpWidth(HELP_WIDTH)
                .setExpandAtFiles(false) // --data @FILE is ours
                .setColorScheme(CommandLine.Help.defaultColorScheme(caller.wantsColours() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    /** Every subcommand, in the order of the help. */
    private static List<Object> subcommands(Caller caller) {
        Signals signals = Signals.discovered();
        return List.of(
                EventsCommand.withSubcommands(caller, signals),
                new EncodeCommand(caller, signals),
                new DecodeCommand(caller, signals),
                new KeyCommand(caller),
                new ProduceEventCommand(caller),
                new ConsumeEventsCommand(caller),
                new GroupsCommand(caller),
                new ResetGroupCommand(caller),
                DeadLettersCommand.withSubcommands(caller),
                new ReplayCommand(caller),
                new DoctorCommand(caller),
                new GenerateAvroSchemasCommand(caller, signals),
                new DemoCommand(caller),
                new CompletionCommand(caller),
                new CommandLine.HelpCommand());
    }

    /** Gives every command the help option that it lacks. */
    private static void addHelp(CommandLine commandLine) {
        if (commandLine.getCommandSpec().findOption("--help") == null) {
            commandLine
                    .getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Print this help and exit.")
                            .build());
        }
        commandLine.getSubcommands().values().forEach(Carillon::addHelp);
    }

    /** Runs a command line; returns the exit code. */
    static int run(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (OutputError e) {
            if (e.isClosed()) {
                return ExitCode.FINE;
            }
            commandLine.getErr().println("carillon: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Whether {@code --verbose} was given to this command or a parent. */
    static boolean isVerbose(CommandLine commandLine) {
        CommandLine root = commandLine;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return ((Carillon) root.getCommand()).verbose;
    }
}
