package dev.carillon.cli;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon doctor}. */
@Command(
        name = "doctor",
        header = "Look whether a service can use the event bus, and say what is wrong.",
        description = {
            "",
            "Reads the settings as the service does, and connects to its broker. Looks at the settings and whether the events"
                    + " in them are known, the connection, permissions, the broker's memory or replicas, schemas in the"
                    + " registry (Kafka) beside those that we have, and whether events leave topics before their groups have"
                    + " had them. Each line is ok, a warning or a problem, with the way out. Nothing is changed.",
            "",
            "Looks at the topics named, and at those that the settings publish to; where there are none of both, at all."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:There is no problem", "1:There is a problem, wrong settings among them", ExitCode.USAGE_HELP
        },
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon doctor",
            "  carillon doctor --settings service.yml -t learning-certificate-lifecycle -g badges",
            "  carillon doctor --json | jq 'select(.status != \"ok\")'"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final String SETTINGS = "settings";

    private final Caller caller;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description =
                    "A topic that the service uses, without the prefix of the settings. May be given several times.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = {"-g", "--group_id", "--group-id"},
            paramLabel = "GROUP",
            description = "The consumer group of the service, if it consumes.")
    private @Nullable String group;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private SettingsOption settingsOption = new SettingsOption();

    DoctorCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        List<Diagnostic> checks = new ArrayList<>();
        Map<String, String> shown = Map.of();
        try {
            Settings settings = settingsOption.load(caller.variables());
            shown = settings.shown();
            try (EventBus bus = EventBus.open(settings, SettingsOption.events(settings));
                    BusAdmin admin = bus.admin()) {
                checks.add(Diagnostic.ok(
                        SETTINGS, "can be used; " + shown.size() + (shown.size() == 1 ? " is set" : " are set")));
                checks.addAll(admin.check(topics, Optional.ofNullable(group)));
            }
        } catch (SettingsException e) {
            e.problems().forEach(problem -> checks.add(Diagnostic.failed(SETTINGS, problem)));
        }
        Output output = new Output(caller.out());
        if (json) {
            checks.forEach(check -> output.line(describe(check).toString()));
        } else {
            print(shown, checks, output);
        }
        output.flush();
        long problems = count(checks, Diagnostic.Status.FAILED);
        caller.tell("carillon: " + count(problems, "problem") + ", "
                + count(count(checks, Diagnostic.Status.WARNING), "warning"));
        return problems == 0 ? ExitCode.FINE : ExitCode.FAILED;
    }

    private static long count(List<Diagnostic> checks, Diagnostic.Status status) {
        return checks.stream().filter(check -> check.status() == status).count();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static JsonText describe(Diagnostic check) {
        return new JsonText()
                .put("status", word(check.status()))
                .put("subject", check.subject())
                .put("finding", check.finding());
    }

    private static String word(Diagnostic.Status status) {
        return status == Diagnostic.Status.FAILED ? "problem" : status.name().toLowerCase(Locale.ROOT);
    }

    private void print(Map<String, String> shown, List<Diagnostic> checks, Output output) {
        int width = checks.stream()
                .mapToInt(check -> Shown.text(check.subject()).length())
                .max()
                .orElse(0);
        String settingsBefore = " ".repeat("problem".length() + width + 4);
        boolean told = false;
        for (Diagnostic check : checks) {
            String status = String.format(Locale.ROOT, "%-7s", word(check.status()));
            output.line((check.status() == Diagnostic.Status.OK ? status : Terminal.bold(status, caller))
                    + String.format(Locale.ROOT, "  %-" + Math.max(1, width) + "s  ", Shown.text(check.subject()))
                    + Shown.escaped(check.finding().replace("\n", " ")));
            if (!told) {
                shown.forEach((name, value) -> output.plain(settingsBefore + name + " " + value));
                told = true;
            }
        }
    }
}
