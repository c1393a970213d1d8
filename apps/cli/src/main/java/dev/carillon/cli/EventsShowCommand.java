package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.events.Signal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carillon events show}. */
@Command(
        name = "show",
        header = "Show one event: its names, and the fields of its data.",
        description = {
            "",
            "Fields have their names in JSON and on the bus. A field that may be null or has a default may be omitted."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.USAGE_HELP + ", such as an unknown event"},
        footer = {
            "",
            "Examples:",
            "  carillon events show org.openedx.learning.certificate.created.v1",
            "  carillon events show openedx_events.learning.signals.CERTIFICATE_CREATED",
            "  carillon events show --json org.openedx.learning.certificate.created.v1 | jq '.fields[].path'"
        })
final class EventsShowCommand implements Callable<Integer> {

    private final Console console;
    private final KnownSignals signals;

    @Mixin
    private SharedOptions.EventArgument event = new SharedOptions.EventArgument();

    @Mixin
    private SharedOptions.JsonOutput json = new SharedOptions.JsonOutput();

    EventsShowCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        Signal<?> signal = event.in(signals.get());
        if (json.isWanted()) {
            console.json(toJson(signal));
        } else {
            print(signal);
        }
        return ExitCode.SUCCESS;
    }

    private static ObjectNode toJson(Signal<?> signal) {
        ObjectNode json = EventsListCommand.toJson(signal)
                .put("in_process_reason", signal.inProcessReason().orElse(null))
                .put("data_class", signal.dataClass().getName());
        ArrayNode fields = json.putArray("fields");
        DataField.of(signal)
                .forEach(field -> fields.addObject()
                        .put("path", field.path())
                        .put("type", field.type())
                        .put("nullable", field.nullable())
                        .put("default", field.defaultValue())
                        .put("personal", field.personal()));
        return json;
    }

    private void print(Signal<?> signal) {
        console.line(console.bold(signal.eventType()));
        signal.pythonPath().ifPresent(path -> console.line("  Python         " + path));
        console.line("  Java           " + signal.dataClass().getName());
        console.line("  Minor version  " + signal.minorVersion());
        console.line("  Travels        "
                + signal.inProcessReason()
                        .map(reason -> "in process only: " + reason)
                        .orElse("in process, and over the event bus"));
        console.line("");
        Table table = new Table().row("  Field", "Type", "");
        DataField.of(signal)
                .forEach(field ->
                        table.row("  ".repeat(field.depth() + 1) + field.name(), field.type(), field.notes()));
        console.table(table);
    }
}
