package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands that change selected dead letters. They only count them unless {@code --yes} is given. */
abstract class DeadLettersActionCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DeadLetterSelection selection = new DeadLetterSelection();

    @Option(names = "--all", description = "Select all dead letters.")
    private boolean all;

    @Option(names = "--yes", description = "Do it. Without this option, the dead letters are only counted.")
    private boolean yes;

    private DeadLettersActionCommand(Console console) {
        this.console = console;
    }

    abstract void act(DeadLetters deadLetters, List<DeadLetter> selected);

    /** Whether malformed entries that were selected by their place are removed. Otherwise they are skipped. */
    abstract boolean discardsMalformed();

    /** The action as a verb, {@code redrive}. */
    abstract String verb();

    /** The action as a participle, {@code redriven}. */
    abstract String done();

    @Override
    public Integer call() {
        if (all && selection.hasConditions()) {
            throw CommandException.usage("--all cannot be combined with a condition such as --id or --cause");
        }
        if (!all && !selection.hasConditions()) {
            throw CommandException.usage(
                    "Select dead letters with --id, --type, --key, --cause, --from, --until, or --all");
        }
        return selection.with(console, (deadLetters, selected) -> {
            confirmOrAct(deadLetters, selected);
            return ExitCode.SUCCESS;
        });
    }

    private void confirmOrAct(DeadLetters deadLetters, DeadLetterSelection.Selected selected) {
        boolean discards = !all && discardsMalformed() && !selected.malformed().isEmpty();
        boolean isEmpty = selected.deadLetters().isEmpty() && !discards;
        if (isEmpty) {
            console.escapedLine("0 dead letters of " + selection + " match; nothing was " + done());
        } else {
            selection.summary(selected.deadLetters()).forEach(console::escapedLine);
        }
        DeadLetterSelection.describeMalformed(selected.malformed()).forEach(console::escapedLine);
        if (!discards && !selected.malformed().isEmpty()) {
            console.line("Malformed entries are skipped");
        }
        boolean isOne =
                selected.deadLetters().size() + (discards ? selected.malformed().size() : 0) == 1;
        if (!isEmpty && yes) {
            act(deadLetters, selected.deadLetters());
            if (discards) {
                deadLetters.discardMalformed(selected.malformed());
            }
            console.line((isOne ? "It was " : "They were ") + done());
        } else if (!isEmpty) {
            console.line("Nothing was " + done() + ". Add --yes to " + verb() + (isOne ? " it." : " them."));
        }
    }

    /** {@code carillon dead-letters redrive}. */
    @Command(
            name = "redrive",
            header = "Send dead letters to their group again.",
            description = {
                "",
                "Copies the messages to the topic <topic>-<group>-retry, which only that group reads, in the order of their topic."
                        + " Only the receivers that failed are called. A dead letter stays until its event has been handled;"
                        + " if it fails again, it is the same dead letter. One that was redriven already is sent again."
            },
            exitCodeListHeading = ExitCode.HEADING,
            exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.BROKER_HELP, ExitCode.SETTINGS_HELP},
            footer = {
                "",
                "Examples:",
                "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
                "  carillon dead-letters redrive -t user-login -g audit --all",
                "  carillon dead-letters redrive -t user-login -g audit --cause SQLException --yes"
            })
    static final class Redrive extends DeadLettersActionCommand {

        Redrive(Console console) {
            super(console);
        }

        @Override
        void act(DeadLetters deadLetters, List<DeadLetter> selected) {
            deadLetters.redrive(selected);
        }

        @Override
        boolean discardsMalformed() {
            return false;
        }

        @Override
        String verb() {
            return "redrive";
        }

        @Override
        String done() {
            return "redriven";
        }
    }

    /** {@code carillon dead-letters discard}. */
    @Command(
            name = "discard",
            header = "Remove dead letters. The group will never handle their events.",
            description = {
                "",
                "Events that are blocked behind a dead letter (with KeyPolicy.BLOCK) are dead letters themselves. They stay until"
                        + " they are redriven or discarded, too.",
                "",
                "A malformed entry (damaged, or written by another program) is discarded only by its place, which \"list\" shows:"
                        + " --id 1700000000000-0."
            },
            exitCodeListHeading = ExitCode.HEADING,
            exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.BROKER_HELP, ExitCode.SETTINGS_HELP},
            footer = {
                "",
                "Examples:",
                "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
                "  carillon dead-letters discard -t user-login -g audit --id 7c211433f02a",
                "  carillon dead-letters discard -t user-login -g audit --until 2024-01-02T00:00:00Z --yes"
            })
    static final class Discard extends DeadLettersActionCommand {

        Discard(Console console) {
            super(console);
        }

        @Override
        void act(DeadLetters deadLetters, List<DeadLetter> selected) {
            deadLetters.discard(selected);
        }

        @Override
        boolean discardsMalformed() {
            return true;
        }

        @Override
        String verb() {
            return "discard";
        }

        @Override
        String done() {
            return "discarded";
        }
    }
}
