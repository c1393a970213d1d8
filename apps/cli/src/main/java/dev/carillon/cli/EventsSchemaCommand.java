package dev.carillon.cli;

import dev.carillon.avro.EventCodecs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carillon events schema}. */
@Command(
        name = "schema",
        header = "Print the Avro schema of an event, exactly as the Python producer registers it.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.USAGE_HELP + ", such as an unknown event"},
        footer = {
            "",
            "Examples:",
            "  carillon events schema org.openedx.learning.certificate.created.v1",
            "  carillon events schema openedx_events.learning.signals.CERTIFICATE_CREATED | jq .fields"
        })
final class EventsSchemaCommand implements Callable<Integer> {

    private final Console console;
    private final KnownSignals signals;

    @Mixin
    private SharedOptions.EventArgument event = new SharedOptions.EventArgument();

    EventsSchemaCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        console.line(new EventCodecs().of(event.in(signals.get())).schemaText());
        return ExitCode.SUCCESS;
    }
}
