package dev.carillon.cli;

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
 * {@link #subcommand}. {@code --help}, {@code --verbose}, error messages, exit codes and flushing come from here.
 * {@link BusOptions}, {@link GroupOptions} and {@link SharedOptions} have the options that commands share.
 */
@Command(
        name = "carillon",
        versionProvider = Carillon.VersionProvider.class,
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

    private static final String COMPLETION = "completion";
    private static final String MANUAL = "manual";
    private static final String HELP = "help";

    /** All subcommands, in the order of the help. */
    static final List<String> SUBCOMMANDS = List.of(
            "events",
            "encode",
            "decode",
            "key",
            "produce-event",
            "consume-events",
            "work",
            "topics",
            "groups",
            "reset-group",
            "dead-letters",
            "replay",
            "doctor",
            "generate-avro-schemas",
            "demo",
            COMPLETION,
            MANUAL,
            HELP);

    /** Subcommands that use the others. */
    private static final List<String> NEED_ALL = List.of(COMPLETION, MANUAL, HELP);

    @Option(
            names = {Version.SHORT_OPTION, Version.OPTION},
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

    /**
     * The command line on this console. It has the subcommands that these arguments need; without arguments, all of them.
     * (Creating all of them takes longer than many a command.)
     */
    static CommandLine commandLine(Console console, String... arguments) {
        CommandLine commandLine = new CommandLine(new Carillon());
        KnownSignals signals = new KnownSignals();
        for (String name : neededSubcommands(arguments)) {
            commandLine.addSubcommand(subcommand(name, console, signals));
        }
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

    /** The names of the subcommands that these arguments need: one if they begin with it, and all for the help and for mistakes. */
    private static List<String> neededSubcommands(String... arguments) {
        boolean isCommand =
                arguments.length > 0 && !NEED_ALL.contains(arguments[0]) && SUBCOMMANDS.contains(arguments[0]);
        return isCommand ? List.of(arguments[0]) : SUBCOMMANDS;
    }

    /** Creates a subcommand. A new command is registered here and in {@link #SUBCOMMANDS}. */
    private static Object subcommand(String name, Console console, KnownSignals signals) {
        return switch (name) {
            case "events" -> EventsCommand.withSubcommands(console, signals);
            case "encode" -> new EncodeCommand(console, signals);
            case "decode" -> new DecodeCommand(console, signals);
            case "key" -> new KeyCommand(console);
            case "produce-event" -> new ProduceEventCommand(console);
            case "consume-events" -> new ConsumeEventsCommand(console);
            case "work" -> new WorkCommand(console);
            case "topics" -> new TopicsCommand(console);
            case "groups" -> new GroupsCommand(console);
            case "reset-group" -> new ResetGroupCommand(console);
            case "dead-letters" -> DeadLettersCommand.withSubcommands(console, signals);
            case "replay" -> new ReplayCommand(console);
            case "doctor" -> new DoctorCommand(console);
            case "generate-avro-schemas" -> new GenerateAvroSchemasCommand(console, signals);
            case "demo" -> new DemoCommand(console);
            case COMPLETION -> new CompletionCommand(console);
            case MANUAL -> new ManualCommand(console);
            case HELP -> new CommandLine.HelpCommand();
            default -> throw new IllegalArgumentException("No command is named " + name);
        };
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

    /** Runs a command line of this console and returns the exit code. */
    static int run(Console console, CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (Console.OutputError e) {
            return console.exitCode(e);
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

    /** The version, as picocli reads it. */
    static final class VersionProvider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return Version.lines().toArray(String[]::new);
        }
    }
}
