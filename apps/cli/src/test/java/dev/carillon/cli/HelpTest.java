package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.cli.Cli.Result;
import dev.carillon.events.LibraryVersion;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

class HelpTest {

    private static final Pattern CALL = Pattern.compile("(?:^|\\| |<\\()carillon ([^)]*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** The full names of all commands, such as {@code events list}. */
    static List<String> commands() {
        List<String> names = new ArrayList<>();
        collect(commandLine(), "", names);
        return names;
    }

    static List<String> commandsWithoutSubcommands() {
        List<String> names = new ArrayList<>(commands());
        names.removeIf(name -> commands().stream().anyMatch(other -> other.startsWith(name + " ")));
        return names;
    }

    private static void collect(CommandLine command, String name, List<String> names) {
        command.getSubcommands().forEach((subName, sub) -> {
            if (!(sub.getCommand() instanceof HelpCommand)) {
                names.add((name + " " + subName).strip());
                collect(sub, name + " " + subName, names);
            }
        });
    }

    private static CommandLine commandLine(String... arguments) {
        return Carillon.commandLine(console(OutputStream.nullOutputStream()), arguments);
    }

    private static Console console(OutputStream out) {
        return new Console(InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), Map.of(), false);
    }

    @Test
    void aCommandIsCreatedWithoutTheOthers() {
        List<String> all = List.copyOf(commandLine().getSubcommands().keySet());
        for (String name : all) {
            boolean usesOthers = List.of("completion", "manual", "help").contains(name);

            assertThat(commandLine(name, "x").getSubcommands().keySet())
                    .as("created for %s", name)
                    .containsExactlyElementsOf(usesOthers ? all : List.of(name));
        }
        assertThat(commandLine("--verbose", "doctor").getSubcommands().keySet()).containsExactlyElementsOf(all);
    }

    @Test
    void helpListsTheCommands() {
        Result help = carillon("--help").run();

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains(
                        "  events  ",
                        "  encode  ",
                        "  decode  ",
                        "  key  ",
                        "  produce-event  ",
                        "  consume-events  ",
                        "  work  ",
                        "  topics  ",
                        "  groups  ",
                        "  reset-group  ",
                        "  dead-letters  ",
                        "  replay  ",
                        "  doctor  ",
                        "  generate-avro-schemas  ",
                        "  completion  ",
                        "  manual  ",
                        "  help  ",
                        "Examples:");
    }

    @Test
    void anUnknownCommandIsAnErrorAlsoWithHelp() {
        Result unknown = carillon("evnts", "--help").run();

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("evnts", "Did you mean", "events");
        assertThat(carillon("events", "lst", "--help").run().exitCode()).isEqualTo(2);
    }

    @Test
    void aBlankOrDoubledTopicIsRefused() {
        for (String command : List.of("doctor", "groups")) {
            assertThat(carillon(command, "-t", " ").run().err()).as(command).contains("must not be blank");
            Result doubled = carillon(command, "-t", "loans", "-t", "loans").run();
            assertThat(doubled.exitCode()).as(command).isEqualTo(2);
            assertThat(doubled.err()).contains("-t names the topic 'loans' twice");
        }
        assertThat(carillon("consume-events", "-t", "", "-g", "group").run().err())
                .contains("must not be blank");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesThatCanBeCopied(String command) {
        Result help = carillon((command + " --help").split(" ")).run();

        List<String> examples = examples(help.out());

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).doesNotContain("%%");
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            commandLine().parseArgs(words(example).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("commandsWithoutSubcommands")
    void everyCommandExplainsItsExitCodes(String command) {
        assertThat(carillon((command + " --help").split(" ")).run().out())
                .containsPattern("Exit codes:\\R  0   .*(\\R .*)*\\R  2   ");
    }

    /** The calls of the command under "Examples:", without pipes and redirections. */
    private static List<String> examples(String help) {
        String text = help.substring(help.indexOf("Examples:")).replace("\\\n", " ");
        return text.lines()
                .map(String::strip)
                .flatMap(line -> CALL.matcher(line).results().map(call -> call.group(1)))
                .toList();
    }

    private static List<String> words(String call) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(call);
        while (matcher.find() && !List.of("|", ">", "<").contains(matcher.group())) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    static Stream<String> filters() {
        return Stream.of("encode", "decode", "key");
    }

    @ParameterizedTest
    @MethodSource("filters")
    void theExampleInputIsValid(String command) {
        String help = carillon(command, "--help").run().out().replace("\\\n", " ");
        String example = help.lines()
                .filter(line -> line.contains("printf %s"))
                .findFirst()
                .orElseThrow();
        String input = WORD.matcher(example)
                .results()
                .map(word -> word.group(1))
                .filter(Objects::nonNull)
                .collect(Collectors.joining());

        assertThat(carillon(command).reading(input).run().exitCode()).isZero();
    }

    @Test
    void helpForACommandIsItsHelp() {
        assertThat(carillon("help", "encode").run().out())
                .isEqualTo(carillon("encode", "--help").run().out());
    }

    @Test
    void withoutACommandHelpGoesToStandardErrorWithTheExitCodeForWrongUsage() {
        for (String[] bare : new String[][] {{}, {"events"}}) {
            Result result = carillon(bare).run();

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("Usage: carillon");
        }
    }

    @Test
    void wrongUsageIsOneMessageWithAHint() {
        Result option = carillon("events", "list", "--jsonn").run();
        Result command = carillon("encodee").run();

        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err())
                .startsWith("carillon: Unknown option: '--jsonn'")
                .contains("Try 'carillon events list --help'");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("'encodee'", "carillon encode");
    }

    @Test
    void afterAStrayArgumentTheErrorShowsWhatIsExpected() {
        Result stray = carillon("groups", "user-login").run();

        assertThat(stray.exitCode()).isEqualTo(2);
        assertThat(stray.err().lines())
                .containsExactly(
                        "carillon: Unmatched argument at index 1: 'user-login'",
                        "Expected: carillon groups [OPTIONS]",
                        "Try 'carillon groups --help' for options and examples.");
    }

    @Test
    void theVersionIncludesTheReleaseOfTheEvents() {
        Result result = carillon("--version").run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).element(0).asString().startsWith("carillon ");
        assertThat(result.lines()).contains("openedx-events " + LibraryVersion.CURRENT);
        assertThat(carillon("-V").run()).isEqualTo(result);
    }

    @Test
    void theVersionAloneIsPrintedWithoutACommandLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(Version.isAll("--version") && Version.isAll("-V")).isTrue();
        assertThat(Version.isAll() || Version.isAll("-v") || Version.isAll("--version", "-v"))
                .isFalse();
        assertThat(Version.print(console(out))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(carillon("--version").run().out());
    }

    @Test
    void helpIsColouredOnATerminalOnly() {
        assertThat(carillon("--help").onTerminal().run().out()).contains("\u001b[");
        assertThat(carillon("--help").run().out()).doesNotContain("\u001b[");
    }

    @Test
    void stackTracesAreForVerboseOnly() {
        assertThat(carillon("events", "show", "x").run().err()).doesNotContain("\tat ");
        assertThat(carillon("-v", "events", "show", "x").run().err()).contains("\tat dev.carillon.");
        assertThat(carillon("events", "show", "x", "--verbose").run().err()).contains("\tat dev.carillon.");
    }
}
