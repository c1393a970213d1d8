package dev.carillon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code carillon events}: the catalog. */
@Command(
        name = "events",
        header = "Show the events that Carillon knows, and their fields.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  carillon events list certificate",
            "  carillon events show org.openedx.learning.certificate.created.v1",
            "  carillon events schema openedx_events.learning.signals.CERTIFICATE_CREATED",
            "  carillon events check --against history"
        })
final class EventsCommand {

    private EventsCommand() {}

    /** The command with its subcommands. */
    static CommandLine withSubcommands(Console console, KnownSignals signals) {
        return new CommandLine(new EventsCommand())
                .addSubcommand(new EventsListCommand(console, signals))
                .addSubcommand(new EventsShowCommand(console, signals))
                .addSubcommand(new EventsSchemaCommand(console, signals))
                .addSubcommand(new EventsCheckCommand(console, signals));
    }
}
