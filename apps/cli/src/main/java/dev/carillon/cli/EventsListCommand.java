package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code carillon events list}. */
@Command(
        name = "list",
        header = "List the events, grouped by their Python module.",
        description = {
            "",
            "The heading of a group and the name of a signal, joined by a dot, are the path in Python. An event either goes over"
                    + " the event bus or stays in the process that sends it."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, "1:No event matches", ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  carillon events list",
            "  carillon events list certificate",
            "  carillon events list --json | jq -r 'select(.event_bus) | .event_type'"
        })
final class EventsListCommand implements Callable<Integer> {

    private static final String NO_GROUP = "without a path in Python";

    private final Console console;
    private final KnownSignals signals;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            description = "List only events with this text in type, path or data key. Case is ignored.")
    private String filter = "";

    @Mixin
    private SharedOptions.JsonOutput json = new SharedOptions.JsonOutput();

    EventsListCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        List<Signal<?>> matching =
                signals.get().all().stream().filter(this::matches).toList();
        if (matching.isEmpty()) {
            throw CommandException.failed("No event has '" + filter + "' in its type, path or data key");
        }
        if (json.isWanted()) {
            matching.forEach(signal -> console.json(toJson(signal)));
        } else {
            printByGroup(matching);
        }
        return ExitCode.SUCCESS;
    }

    private boolean matches(Signal<?> signal) {
        String wanted = filter.toLowerCase(Locale.ROOT);
        return Stream.of(
                        Stream.of(signal.eventType()),
                        signal.pythonPath().stream(),
                        signal.dataKeys().keySet().stream())
                .flatMap(names -> names)
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** The fields that {@code events list} and {@code events show} have in common. */
    static ObjectNode toJson(Signal<?> signal) {
        ObjectNode json = Json.object()
                .put("event_type", signal.eventType())
                .put("signal_path", signal.pythonPath().orElse(null))
                .put("minor_version", signal.minorVersion());
        ObjectNode data = json.putObject("data");
        signal.dataKeys().forEach((key, type) -> data.put(key, type.getSimpleName()));
        return json.put("event_bus", signal.inProcessReason().isEmpty());
    }

    /** One heading per group. Columns have the same width in all groups. */
    private void printByGroup(List<Signal<?>> matching) {
        Map<String, List<Signal<?>>> groups = new LinkedHashMap<>();
        matching.forEach(signal ->
                groups.computeIfAbsent(group(signal), name -> new ArrayList<>()).add(signal));
        Table table = new Table();
        groups.values()
                .forEach(members -> members.forEach(signal -> table.row(
                        "  " + signal.eventType(),
                        name(signal),
                        String.join(", ", signal.dataKeys().keySet()),
                        signal.inProcessReason().isEmpty() ? "event bus" : "in process")));
        Iterator<String> rows = table.lines().iterator();
        groups.forEach((group, members) -> {
            console.line(console.bold(group));
            members.forEach(signal -> console.line(rows.next()));
        });
    }

    private static String group(Signal<?> signal) {
        return signal.pythonPath()
                .map(path -> path.substring(0, Math.max(0, path.lastIndexOf('.'))))
                .orElse(NO_GROUP);
    }

    private static String name(Signal<?> signal) {
        return signal.pythonPath()
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .orElse("-");
    }
}
