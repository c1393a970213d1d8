package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code carillon dead-letters discard}. */
@Command(
        name = "discard",
        header = "Remove dead letters: their events will never be handled by the group.",
        description = {
            "",
            "Events that are held back behind a dead letter (with the policy \"hold\") are dead letters themselves, and stay"
                    + " until they are redriven or discarded, too.",
            "",
            "What is malformed (somebody else wrote it into the topic, or it was damaged) is discarded by its place, which \"list\""
                    + " shows, and by that alone: --id 1700000000000-0."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, "1:The broker is away, or refuses", ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon dead-letters discard -t user-login -g audit --id 7c211433f02a",
            "  carillon dead-letters discard -t user-login -g audit --until 2024-01-02T00:00:00Z --yes"
        })
final class DeadLettersDiscardCommand extends LettersAction {

    DeadLettersDiscardCommand(Caller caller) {
        super(caller);
    }

    @Override
    void act(DeadLetters letters, List<DeadLetter> chosen) {
        letters.discard(chosen);
    }

    @Override
    boolean discardsMalformed() {
        return true;
    }

    @Override
    String done() {
        return "discarded";
    }
}
