package dev.carillon.cli;

import dev.carillon.avro.EventCodecs;
import dev.carillon.events.Signals;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code carillon events schema}. */
@Command(
        name = "schema",
        header = "Print the Avro schema of an event, exactly as the Python producer registers it.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, ExitCode.USAGE_HELP + ", such as an unknown event"},
        footer = {
            "",
            "Examples:",
            "  carillon events schema org.openedx.learning.certificate.created.v1",
            "  carillon events schema openedx_events.learning.signals.CERTIFICATE_CREATED | jq .fields"
        })
final class EventsSchemaCommand implements Callable<Integer> {

    private final Caller caller;
    private final Signals signals;

    @Parameters(
            paramLabel = "TYPE",
            description = "Event type, or path in Python.",
            completionCandidates = EventNames.class)
    private String event = "";

    EventsSchemaCommand(Caller caller, Signals signals) {
        this.caller = caller;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        Output output = new Output(caller.out());
        output.line(new EventCodecs().of(signals.get(event)).schemaText());
        output.flush();
        return ExitCode.FINE;
    }
}
