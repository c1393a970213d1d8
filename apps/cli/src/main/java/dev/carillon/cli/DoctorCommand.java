package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon doctor}. */
@Command(
        name = "doctor",
        header = "Diagnose whether a service can use the event bus.",
        description = {
            "",
            "Reads the settings as the service does, and connects to its broker. Checks the settings and the events in them, the"
                    + " connection, permissions, the broker's memory or replicas, the schemas in the registry (Kafka), and"
                    + " whether topics drop events before their groups have read them. Each line is ok, a warning or a"
                    + " problem; the indented line below a warning or a problem is a hint on how to solve it. Nothing is changed.",
            "",
            "Checks the topics given with -t and those that the settings publish to. If there are none, all topics. With -g, the"
                    + " group must be able to consume them. Topics and group must exist, unless --new is given."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:No problems", "1:At least one problem; wrong settings are one", ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon doctor",
            "  carillon doctor --settings service.yml -t learning-certificate-lifecycle -g badges",
            "  carillon doctor -t library-loans -g badges --new",
            "  carillon doctor --json | jq 'select(.status != \"ok\")'"
        })
final class DoctorCommand implements Callable<Integer>, Main.ReplacesLogger {

    private static final String SETTINGS = "settings";
    private static final int STATUS_WIDTH = "problem".length();

    private final Console console;

    @Mixin
    private SharedOptions.TopicsAndGroup used = new SharedOptions.TopicsAndGroup();

    @Mixin
    private SharedOptions.JsonOutput json = new SharedOptions.JsonOutput();

    @Mixin
    private BusOptions busOptions = new BusOptions();

    @Option(names = "--new", description = "The topics and the group may be new. Without this option, they must exist.")
    private boolean mayBeNew;

    DoctorCommand(Console console) {
        this.console = console;
    }

    /** The settings are printed here, so the bus does not need to log them. */
    @Override
    public String replacedLogger() {
        return EventBus.class.getName();
    }

    @Override
    public Integer call() {
        used.requireEachTopicOnce();
        List<Diagnostic> diagnostics = new ArrayList<>();
        Map<String, String> shownSettings = Map.of();
        try {
            Settings settings = busOptions.settings(console);
            shownSettings = settings.shown();
            int count = shownSettings.size();
            BusOptions.withBus(settings, BusOptions.events(settings), bus -> {
                try (BusAdmin admin = bus.admin()) {
                    if (!mayBeNew) {
                        requireExisting(admin);
                    }
                    diagnostics.add(Diagnostic.ok(SETTINGS, "valid; " + count + (count == 1 ? " is set" : " are set")));
                    return diagnostics.addAll(admin.check(used.topics(), used.group()));
                }
            });
        } catch (SettingsException e) {
            e.problems()
                    .forEach(problem -> diagnostics.add(Diagnostic.failed(SETTINGS, problem, "correct the setting")));
        }
        if (json.isWanted()) {
            diagnostics.forEach(diagnostic -> console.json(toJson(diagnostic)));
        } else {
            print(diagnostics, shownSettings);
        }
        long problems = count(diagnostics, Diagnostic.Status.FAILED);
        console.message(
                plural(problems, "problem") + ", " + plural(count(diagnostics, Diagnostic.Status.WARNING), "warning"));
        return problems == 0 ? ExitCode.SUCCESS : ExitCode.FAILED;
    }

    /** Does nothing when the broker is unavailable or refuses: then the diagnostics say so. */
    private void requireExisting(BusAdmin admin) {
        if (used.topics().isEmpty() && used.group().isEmpty()) {
            return;
        }
        List<String> existing;
        List<GroupState> states;
        try {
            existing = admin.topics();
            states = used.group().isEmpty()
                    ? List.of()
                    : admin.groups(used.topics().isEmpty() ? existing : used.topics());
        } catch (TransportException e) {
            return;
        }
        try {
            used.requireTopicsAmong(existing);
            used.requireGroupAmong(states);
        } catch (CommandException e) {
            throw CommandException.usage(
                    e.getMessage() + "\n(--new checks for topics and a group that do not exist yet)");
        }
    }

    private static long count(List<Diagnostic> diagnostics, Diagnostic.Status status) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.status() == status)
                .count();
    }

    private static String plural(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static ObjectNode toJson(Diagnostic diagnostic) {
        return Json.object()
                .put("status", word(diagnostic.status()))
                .put("subject", diagnostic.subject())
                .put("detail", diagnostic.detail())
                .put("hint", diagnostic.hint().orElse(null));
    }

    private static String word(Diagnostic.Status status) {
        return status == Diagnostic.Status.FAILED ? "problem" : status.name().toLowerCase(Locale.ROOT);
    }

    /** One line for each diagnostic and one for its hint; the settings are below the first diagnostic, which is about them. */
    private void print(List<Diagnostic> diagnostics, Map<String, String> shownSettings) {
        int subjectWidth = diagnostics.stream()
                .mapToInt(diagnostic -> Shown.text(diagnostic.subject()).length())
                .max()
                .orElse(1);
        String indent = " ".repeat(STATUS_WIDTH + subjectWidth + 4);
        boolean isFirst = true;
        for (Diagnostic diagnostic : diagnostics) {
            String status = padded(word(diagnostic.status()), STATUS_WIDTH);
            console.line((diagnostic.status() == Diagnostic.Status.OK ? status : console.bold(status))
                    + "  " + padded(Shown.text(diagnostic.subject()), subjectWidth)
                    + "  " + Shown.escaped(diagnostic.detail().replace("\n", " ")));
            diagnostic
                    .hint()
                    .ifPresent(hint -> console.line(indent + "hint: " + Shown.escaped(hint.replace("\n", " "))));
            if (isFirst) {
                shownSettings.forEach((name, value) -> console.escapedLine(indent + name + " " + value));
                isFirst = false;
            }
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
