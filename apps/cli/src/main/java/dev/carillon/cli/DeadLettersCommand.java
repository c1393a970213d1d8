package dev.carillon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code carillon dead-letters}: events that a group could not handle. */
@Command(
        name = "dead-letters",
        header = "List, redrive and discard the events that a consumer group could not handle.",
        description = {
            "",
            "A consumer that cannot handle an event moves the unchanged message to the topic <topic>-<group>-dlq. A dead letter"
                    + " stays there until its event has been handled, or until it is discarded."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  carillon dead-letters list -t user-login -g audit",
            "  carillon dead-letters show -t user-login -g audit --id 7c211433f02a",
            "  carillon dead-letters redrive -t user-login -g audit --cause SQLException --yes",
            "  carillon dead-letters discard -t user-login -g audit --id 7c211433f02a --yes"
        })
final class DeadLettersCommand {

    private DeadLettersCommand() {}

    /** The command with its subcommands. */
    static CommandLine withSubcommands(Console console, KnownSignals signals) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new DeadLettersListCommand(console, signals))
                .addSubcommand(new DeadLettersShowCommand(console, signals))
                .addSubcommand(new DeadLettersActionCommand.Redrive(console))
                .addSubcommand(new DeadLettersActionCommand.Discard(console));
    }
}
