package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon dead-letters list}. */
@Command(
        name = "list",
        header = "List the dead letters of a group, in the order of their topic.",
        description = {
            "",
            "Without conditions, lists all dead letters and all malformed entries. The state \"redriven\" means that a dead letter"
                    + " was sent to its group again and is not handled yet.",
            "",
            "A key that is or may be personal data is shown as a digest such as key#3fa9c1. The option --key accepts digests."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.BROKER_HELP, ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon dead-letters list -t user-login -g audit",
            "  carillon dead-letters list -t user-login -g audit --cause SQLException --json | jq .event_id"
        })
final class DeadLettersListCommand implements Callable<Integer> {

    private static final int SHORT_ID_LENGTH = 12;

    private final Console console;
    private final KnownSignals signals;

    @Mixin
    private DeadLetterSelection selection = new DeadLetterSelection();

    @Mixin
    private SharedOptions.JsonOutput json = new SharedOptions.JsonOutput();

    @Option(names = "--show-pii", description = "Print personal data in keys and messages unmasked.")
    private boolean showPii;

    DeadLettersListCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        return selection.with(console, (deadLetters, selected) -> {
            print(selected, new DeadLetterView(signals.get(), deadLetters::message, showPii));
            return ExitCode.SUCCESS;
        });
    }

    private void print(DeadLetterSelection.Selected selected, DeadLetterView view) {
        List<DeadLetter> deadLetters = selected.deadLetters();
        if (json.isWanted()) {
            deadLetters.forEach(deadLetter -> console.json(view.toJson(deadLetter)));
            selected.malformed().forEach(malformed -> console.json(DeadLetterView.toJson(malformed)));
        } else {
            selection.summary(deadLetters).forEach(console::escapedLine);
            DeadLetterSelection.describeMalformed(selected.malformed()).forEach(console::escapedLine);
            if (!deadLetters.isEmpty()) {
                console.line("");
                console.table(table(deadLetters, view));
            }
        }
    }

    /** Ids are shortened where that keeps them unique. */
    private static Table table(List<DeadLetter> deadLetters, DeadLetterView view) {
        Table table = new Table(6).row("ID", "EVENT TYPE", "KEY", "CAUSE", "LAST FAILED", "STATE", "ATTEMPTS");
        Map<String, Long> shortIds = deadLetters.stream()
                .collect(Collectors.groupingBy(deadLetter -> shortId(deadLetter.id()), Collectors.counting()));
        for (DeadLetter deadLetter : deadLetters) {
            String shortId = shortId(deadLetter.id());
            table.row(
                    shortIds.getOrDefault(shortId, 0L) == 1 ? shortId : deadLetter.id(),
                    DeadLetterSelection.typeOf(deadLetter),
                    Objects.requireNonNullElse(view.key(deadLetter), "-"),
                    DeadLetterSelection.shortCause(deadLetter),
                    DeadLetterView.time(deadLetter.lastFailed()),
                    deadLetter.redrivenAt() == null ? "waiting" : "redriven",
                    Integer.toString(deadLetter.attempts()));
        }
        return table;
    }

    private static String shortId(String id) {
        return id.substring(0, Math.min(SHORT_ID_LENGTH, id.length()));
    }
}
