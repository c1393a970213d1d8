package dev.carillon.cli;

import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carillon events show}. */
@Command(
        name = "show",
        header = "Show one event: its names, and the fields of its data.",
        description = {
            "",
            "Fields are named as in JSON and on the bus. A field that may be null, or has a default, may be left out."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, ExitCode.USAGE_HELP + ", such as an unknown event"},
        footer = {
            "",
            "Examples:",
            "  carillon events show org.openedx.learning.certificate.created.v1",
            "  carillon events show openedx_events.learning.signals.CERTIFICATE_CREATED",
            "  carillon events show --json org.openedx.learning.certificate.created.v1 | jq '.fields[].path'"
        })
final class EventsShowCommand implements Callable<Integer> {

    private final Caller caller;
    private final Signals signals;

    @Parameters(
            paramLabel = "TYPE",
            description = "Event type, or path in Python.",
            completionCandidates = EventNames.class)
    private String event = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    EventsShowCommand(Caller caller, Signals signals) {
        this.caller = caller;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        Signal<?> signal = signals.get(event);
        Output output = new Output(caller.out());
        if (json) {
            output.line(asJson(signal).toString());
        } else {
            print(signal, output);
        }
        output.flush();
        return ExitCode.FINE;
    }

    private static JsonText asJson(Signal<?> signal) {
        List<Object> fields = new ArrayList<>();
        DataField.of(signal)
                .forEach(field -> fields.add(new JsonText()
                        .put("path", field.path())
                        .put("type", field.type())
                        .put("nullable", field.nullable())
                        .put("default", field.defaultValue())
                        .put("personal", field.personal())));
        return EventsListCommand.describe(signal)
                .put("in_process_reason", signal.inProcessReason().orElse(null))
                .put("data_class", signal.dataClass().getName())
                .put("fields", fields);
    }

    private void print(Signal<?> signal, Output output) {
        output.line(Terminal.bold(signal.eventType(), caller));
        signal.pythonPath().ifPresent(path -> output.line("  Python         " + path));
        output.line("  Java           " + signal.dataClass().getName());
        output.line("  Minor version  " + signal.minorVersion());
        output.line("  Travels        "
                + signal.inProcessReason()
                        .map(reason -> "in process only: " + reason)
                        .orElse("in process, and over the event bus"));
        output.line("");
        List<DataField> fields = DataField.of(signal);
        int nameWidth = fields.stream()
                .mapToInt(field -> indented(field).length())
                .max()
                .orElse(1);
        int typeWidth =
                fields.stream().mapToInt(field -> field.type().length()).max().orElse(1);
        String row = "  %-" + nameWidth + "s  %-" + typeWidth + "s  %s";
        output.line(Terminal.bold(
                String.format(Locale.ROOT, row, "Field", "Holds", "").stripTrailing(), caller));
        fields.forEach(field -> output.line(String.format(Locale.ROOT, row, indented(field), field.type(), notes(field))
                .stripTrailing()));
    }

    private static String indented(DataField field) {
        return "  ".repeat(field.depth()) + field.name();
    }

    private static String notes(DataField field) {
        List<String> notes = new ArrayList<>();
        if (field.nullable()) {
            notes.add("may be null");
        }
        if (field.defaultValue() != null) {
            notes.add(field.defaultValue().isEmpty() ? "default: empty text" : "default: " + field.defaultValue());
        }
        if (field.personal()) {
            notes.add("personal data");
        }
        return String.join(", ", notes);
    }
}
