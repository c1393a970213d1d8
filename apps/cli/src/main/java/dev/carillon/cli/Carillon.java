package dev.carillon.cli;

import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signals;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code carillon}: its subcommands, and the options that all of them have.
 *
 * <p>To add a command, write a class with {@link Command} that takes a {@link Console}, and register it in
 * {@link #subcommands}. {@code --help}, {@code --verbose}, error messages, exit codes and flushing come from here.
 * {@link BusOptions}, {@link GroupOptions} and {@link SharedOptions} have the options that commands share.
 */
@Command(
        name = "carillon",
        versionProvider = Carillon.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Open edX Events and the Open edX Event Bus for the JVM.",
        description = {
            "",
            "Lists the public events of Open edX, converts their data to Avro and back, and works with the event bus that the"
                    + " Python services use."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.SUCCESS_HELP,
            "1:The command failed: invalid input lines, an unavailable broker",
            ExitCode.SETTINGS_HELP
        },
        footer = {
            "",
            "Examples:",
            "  carillon demo",
            "  carillon events list certificate",
            "  carillon consume-events -t learning-certificate-lifecycle -g try-out --from earliest",
            "",
            "Each command has its own examples: carillon help COMMAND."
        })
final class Carillon {

    /** Wide enough for the examples, so that they can be copied. */
    private static final int HELP_WIDTH = 110;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Print debug logs and stack traces on standard error.")
    private boolean verbose;

    private Carillon() {}

    /** The whole command line on this console. */
    static CommandLine commandLine(Console console) {
        CommandLine commandLine = new CommandLine(new Carillon());
        subcommands(console, Signals.discovered()).forEach(commandLine::addSubcommand);
        addHelpOption(commandLine);
        ErrorHandler errors = new ErrorHandler();
        return commandLine
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setUsageHelpWidth(HELP_WIDTH)
                .setExpandAtFiles(false) // commands read --data @FILE themselves
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.wantsColours() ? Ansi.ON : Ansi.OFF))
                .setExecutionStrategy(parsed -> {
                    requireKnownCommand(parsed);
                    int exitCode = new RunLast().execute(parsed);
                    console.flush();
                    return exitCode;
                })
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    /** With {@code --help}, picocli ignores what it does not know: an unknown command would look like a known one. */
    private static void requireKnownCommand(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.isUsageHelpRequested() && !last.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(last.commandSpec().commandLine(), last.unmatched());
        }
    }

    /** All subcommands, in the order of the help. A new command is registered here. */
    private static List<Object> subcommands(Console console, Signals signals) {
        return List.of(
                EventsCommand.withSubcommands(console, signals),
                new EncodeCommand(console, signals),
                new DecodeCommand(console, signals),
                new KeyCommand(console),
                new ProduceEventCommand(console),
                new ConsumeEventsCommand(console),
                new WorkCommand(console),
                new TopicsCommand(console),
                new GroupsCommand(console),
                new ResetGroupCommand(console),
                DeadLettersCommand.withSubcommands(console, signals),
                new ReplayCommand(console),
                new DoctorCommand(console),
                new GenerateAvroSchemasCommand(console, signals),
                new DemoCommand(console),
                new CompletionCommand(console),
                new CommandLine.HelpCommand());
    }

    /** Adds {@code --help} to every command that does not have it. */
    private static void addHelpOption(CommandLine commandLine) {
        if (commandLine.getCommandSpec().findOption("--help") == null) {
            commandLine
                    .getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Print this help and exit.")
                            .build());
        }
        commandLine.getSubcommands().values().forEach(Carillon::addHelpOption);
    }

    /** Runs a command line and returns the exit code. */
    static int run(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (Console.OutputError e) {
            if (e.isClosed()) {
                return ExitCode.SUCCESS;
            }
            commandLine.getErr().println("carillon: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Whether {@code --verbose} was given to this command or one of its parents. */
    static boolean isVerbose(CommandLine commandLine) {
        CommandLine root = commandLine;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return ((Carillon) root.getCommand()).verbose;
    }

    /** The release of Carillon, and the release of openedx-events that it implements. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String release = Carillon.class.getPackage().getImplementationVersion();
            return new String[] {
                "carillon " + (release == null ? "(development build)" : release),
                "openedx-events " + LibraryVersion.CURRENT,
                "Java " + Runtime.version()
            };
        }
    }
}
