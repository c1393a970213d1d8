package dev.carillon.cli;

import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carillon events list}. */
@Command(
        name = "list",
        header = "List the events, in the groups that Python keeps them in.",
        description = {
            "",
            "The group's heading and the signal's name, joined by a dot, are the path in Python. An event goes over the"
                    + " event bus, or stays in the process that sends it."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, "1:No event matches", ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  carillon events list",
            "  carillon events list certificate",
            "  carillon events list --json | jq -r 'select(.event_bus) | .event_type'"
        })
final class EventsListCommand implements Callable<Integer> {

    private static final String NO_GROUP = "without a path in Python";

    private final Caller caller;
    private final Signals signals;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            description = "List only events with this text in type, path or data key, in any case.")
    private String filter = "";

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    EventsListCommand(Caller caller, Signals signals) {
        this.caller = caller;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        List<Signal<?>> matching = signals.all().stream().filter(this::matches).toList();
        Output output = new Output(caller.out());
        if (json) {
            matching.forEach(signal -> output.line(describe(signal).toString()));
        } else {
            table(matching, output);
        }
        output.flush();
        if (matching.isEmpty()) {
            throw new FailedException("No event has '" + filter + "' in its type, path or data key");
        }
        return ExitCode.FINE;
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

    /** The fields that {@code events show --json} begins with, too. */
    static JsonText describe(Signal<?> signal) {
        Map<String, String> data = new LinkedHashMap<>();
        signal.dataKeys().forEach((key, type) -> data.put(key, type.getSimpleName()));
        return new JsonText()
                .put("event_type", signal.eventType())
                .put("signal_path", signal.pythonPath().orElse(null))
                .put("minor_version", signal.minorVersion())
                .put("data", data)
                .put("event_bus", signal.inProcessReason().isEmpty());
    }

    private void table(List<Signal<?>> matching, Output output) {
        Map<String, List<Signal<?>>> groups = new LinkedHashMap<>();
        matching.forEach(signal ->
                groups.computeIfAbsent(group(signal), name -> new ArrayList<>()).add(signal));
        int typeWidth = width(matching.stream().map(Signal::eventType));
        int nameWidth = width(matching.stream().map(EventsListCommand::name));
        int keyWidth = width(matching.stream().map(EventsListCommand::keys));
        String row = "  %-" + typeWidth + "s  %-" + nameWidth + "s  %-" + keyWidth + "s  %s";
        groups.forEach((group, members) -> {
            output.line(Terminal.bold(group, caller));
            members.forEach(signal -> output.line(String.format(
                    Locale.ROOT,
                    row,
                    signal.eventType(),
                    name(signal),
                    keys(signal),
                    signal.inProcessReason().isEmpty() ? "event bus" : "in process")));
        });
    }

    private static int width(Stream<String> texts) {
        return Math.max(1, texts.mapToInt(String::length).max().orElse(1));
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

    private static String keys(Signal<?> signal) {
        return String.join(", ", signal.dataKeys().keySet());
    }
}
