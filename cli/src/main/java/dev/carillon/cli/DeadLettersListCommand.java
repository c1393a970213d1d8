package dev.carillon.cli;

import dev.carillon.bus.DeadLetter;
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
            "Without conditions, all of them, and what stands among them that is none. The state \"redriven\" means that a dead letter is on its way to its group."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, "1:The broker is away, or refuses", ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon dead-letters list -t user-login -g audit",
            "  carillon dead-letters list -t user-login -g audit --cause SQLException --json | jq .event_id"
        })
final class DeadLettersListCommand implements Callable<Integer> {

    private static final int SHORT_ID = 12;

    private final Caller caller;

    @Mixin
    private LetterChoice choice = new LetterChoice();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    DeadLettersListCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        LetterChoice.Chosen chosen = choice.with(caller, (all, some) -> some);
        List<DeadLetter> letters = chosen.letters();
        Output output = new Output(caller.out());
        if (json) {
            letters.forEach(letter -> output.line(LetterText.describe(letter).toString()));
            chosen.malformed()
                    .forEach(each -> output.line(LetterText.describe(each).toString()));
        } else {
            choice.count(letters).forEach(output::line);
            LetterChoice.describe(chosen.malformed()).forEach(output::line);
            if (!letters.isEmpty()) {
                output.line("");
                table(letters).print(output, caller);
            }
        }
        output.flush();
        return ExitCode.FINE;
    }

    /** Enough of an id to be typed. */
    private static String beginning(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private static Table table(List<DeadLetter> letters) {
        Table table = new Table(6, "ID", "EVENT TYPE", "KEY", "CAUSE", "LAST FAILED", "STATE", "ATTEMPTS");
        Map<String, Long> beginnings = letters.stream()
                .collect(Collectors.groupingBy(letter -> beginning(letter.id()), Collectors.counting()));
        for (DeadLetter letter : letters) {
            table.row(
                    beginnings.getOrDefault(beginning(letter.id()), 0L) == 1 ? beginning(letter.id()) : letter.id(),
                    LetterChoice.typeOf(letter),
                    Objects.requireNonNullElse(letter.key(), "-"),
                    LetterChoice.shortCause(letter),
                    LetterText.time(letter.lastFailed()),
                    letter.redriven() == null ? "waiting" : "redriven",
                    Integer.toString(letter.attempts()));
        }
        return table;
    }
}
