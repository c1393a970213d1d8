package dev.carillon.cli;

import dev.carillon.events.Signals;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code carillon events}: what can be asked about the catalog. */
@Command(
        name = "events",
        header = "Show the events that Carillon knows, and what they hold.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  carillon events list certificate",
            "  carillon events show org.openedx.learning.certificate.created.v1",
            "  carillon events schema openedx_events.learning.signals.CERTIFICATE_CREATED"
        })
final class EventsCommand {

    private EventsCommand() {}

    /** With list, show and schema. */
    static CommandLine withSubcommands(Caller caller, Signals signals) {
        return new CommandLine(new EventsCommand())
                .addSubcommand(new EventsListCommand(caller, signals))
                .addSubcommand(new EventsShowCommand(caller, signals))
                .addSubcommand(new EventsSchemaCommand(caller, signals));
    }
}
