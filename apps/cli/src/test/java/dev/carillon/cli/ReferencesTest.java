package dev.carillon.cli;

import static java.util.stream.Collectors.joining;

import dev.carillon.avro.SchemaHistory;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.testing.GeneratedPage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The pages of {@code docs/reference} about the command and the catalog say what the code does. */
class ReferencesTest {

    private static final Path PAGES = Path.of("..", "..", "docs", "reference");

    @Test
    void everyCommandOptionAndExitCode() {
        CommandLine carillon = Carillon.commandLine(new Console(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Map.of(),
                false));
        StringBuilder page = new StringBuilder("""
                # Commands

                What `bin/carillon` can do, as `carillon COMMAND --help` prints it. `bin/references` writes this page from the code. Options are
                those of a command; `--help` and `--verbose` are understood by all of them.
                """);
        append(page, carillon.getCommandSpec());
        GeneratedPage.check(PAGES.resolve("commands.md"), page.toString());
    }

    private static void append(StringBuilder page, CommandSpec command) {
        page.append("\n## ").append(command.qualifiedName()).append("\n\n");
        page.append(text(command.usageMessage().header())).append("\n");
        String description = text(command.usageMessage().description());
        if (!description.isEmpty()) {
            page.append('\n').append(description).append('\n');
        }
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            rows.add(row("`" + parameter.paramLabel() + "`", text(parameter.description())));
        }
        command.options().stream()
                .filter(option -> !option.hidden() && !isForAll(option, command))
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .map(option -> row(
                        "`" + String.join("`, `", option.names()) + "`"
                                + (option.arity().max() == 0
                                        ? ""
                                        : " `" + option.paramLabel().replace("|", "\\|") + "`"),
                        text(option.description()) + required(option)))
                .forEach(rows::add);
        appendTable(page, "| option | meaning |", rows);
        appendTable(
                page,
                "| exit code | meaning |",
                command.usageMessage().exitCodeList().entrySet().stream()
                        .map(code -> row(code.getKey(), escaped(code.getValue())))
                        .toList());
        String examples = footer(command);
        if (!examples.isEmpty()) {
            page.append("\n```sh\n").append(examples).append("\n```\n");
        }
        command.subcommands().forEach((name, each) -> {
            if (!name.equals("help")) { // picocli's own, which repeats --help
                append(page, each.getCommandSpec());
            }
        });
    }

    /** Whether the option must be given: always, or unless its alternatives are. */
    private static String required(OptionSpec option) {
        ArgGroupSpec group = option.group();
        if (!option.required() || group == null) {
            return option.required() ? " Required." : "";
        }
        List<OptionSpec> together = group.exclusive() ? List.of(option) : group.allOptionsNested();
        ArgGroupSpec choice = group.exclusive() ? group : Objects.requireNonNull(group.parentGroup());
        return choice.allOptionsNested().stream()
                .filter(each -> !together.contains(each))
                .map(each -> "`" + each.longestName() + "`")
                .sorted()
                .collect(joining(", ", " Required without ", "."));
    }

    /** Whether the option is described at the top. */
    private static boolean isForAll(OptionSpec option, CommandSpec command) {
        return command.parent() != null && List.of("--help", "--verbose").contains(option.longestName());
    }

    private static void appendTable(StringBuilder page, String heads, List<String> rows) {
        if (!rows.isEmpty()) {
            page.append('\n').append(heads).append("\n| --- | --- |\n");
            rows.forEach(each -> page.append(each).append('\n'));
        }
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String text(String... lines) {
        return escaped(Ansi.OFF.string(String.join("\n", lines)).strip());
    }

    /** For running text and tables: nothing in it is HTML or a new cell. */
    private static String escaped(String text) {
        return text.replace("%n", "\n").replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*");
    }

    /** The examples of a command, without their heading. */
    private static String footer(CommandSpec command) {
        return String.join("\n", command.usageMessage().footer())
                .replace("%n", "\n")
                .replace("%%", "%")
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.substring(2))
                .collect(joining("\n"));
    }

    @Test
    void everyEventWithItsFields() throws IOException {
        Map<String, String> since = firstReleases();
        List<Signal<?>> signals = Signals.discovered().all().stream()
                .filter(signal -> signal.dataClass().getName().startsWith("dev.carillon.catalog."))
                .sorted(Comparator.comparing(Signal::eventType))
                .toList();
        StringBuilder page = new StringBuilder("""
                # Events

                The public events of Open edX, from `openedx-events`. `bin/references` writes this page from the code; `carillon events schema`
                prints the Avro schema of an event. The key of an event on the bus (`event_key_field`) is the path of one of its fields, such as
                `certificate.course.course_key`. "Since" is the first release from which Carillon can read the event on the bus; the
                oldest one that it knows is 0.10.0.
                """);
        signals.forEach(signal -> append(page, signal, since));
        GeneratedPage.check(PAGES.resolve("events.md"), page.toString());
    }

    private static void append(StringBuilder page, Signal<?> signal, Map<String, String> since) {
        page.append("\n## ").append(signal.eventType()).append("\n\n");
        page.append("`").append(signal.pythonPath().orElseThrow()).append("`; data: `");
        page.append(signal.dataClass().getName()).append("`; ");
        page.append(signal.inProcessReason()
                .map(reason -> "in process only: " + escaped(reason))
                .orElseGet(() -> "since " + Objects.requireNonNull(since.get(signal.eventType()), signal.eventType())));
        page.append("\n\n| field | type | |\n| --- | --- | --- |\n");
        DataField.of(signal)
                .forEach(field -> page.append(row("`" + field.path() + "`", escaped(field.type()), field.notes()))
                        .append('\n'));
    }

    /** The first release whose schema of each event is known. */
    private static Map<String, String> firstReleases() throws IOException {
        Map<String, String> releases = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SchemaHistory.class.getResourceAsStream("schema-history.tsv")),
                StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.split("\t", -1))
                    .forEach(columns -> releases.putIfAbsent(columns[0], columns[1]));
        }
        return releases;
    }
}
