package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code carillon dead-letters redrive}. */
@Command(
        name = "redrive",
        header = "Send dead letters to their group again.",
        description = {
            "",
            "They go to the topic <topic>-<group>-retry, which that group alone reads, in the order of their topic, and come to"
                    + " the receivers that failed. A dead letter stays until its event has been handled; one that fails again is"
                    + " the same dead letter again. One that is on its way already is sent once more."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, "1:The broker is away, or refuses", ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon dead-letters redrive -t user-login -g audit --all",
            "  carillon dead-letters redrive -t user-login -g audit --cause SQLException --yes"
        })
final class DeadLettersRedriveCommand extends LettersAction {

    DeadLettersRedriveCommand(Caller caller) {
        super(caller);
    }

    @Override
    void act(DeadLetters letters, List<DeadLetter> chosen) {
        letters.redrive(chosen);
    }

    @Override
    String done() {
        return "redriven";
    }
}
