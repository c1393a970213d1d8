package dev.carillon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code carillon dead-letters}: what groups could not handle. */
@Command(
        name = "dead-letters",
        header = "Look at the events that a consumer group could not handle, and bring them back.",
        description = {
            "",
            "A consumer that cannot handle an event keeps it, as it came, in the topic <topic>-<group>-dlq. A dead letter stays"
                    + " there until its event has been handled after all, or until it is discarded."
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

    /** With list, show, redrive and discard. */
    static CommandLine withSubcommands(Caller caller) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new DeadLettersListCommand(caller))
                .addSubcommand(new DeadLettersShowCommand(caller))
                .addSubcommand(new DeadLettersRedriveCommand(caller))
                .addSubcommand(new DeadLettersDiscardCommand(caller));
    }
}
