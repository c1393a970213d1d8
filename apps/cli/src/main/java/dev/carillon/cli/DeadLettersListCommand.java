package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.events.Signals;
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
            "Without conditions, all of them, and what stands among them that is none. The state \"redriven\" means that a dead letter is on its way to its group.",
            "",
            "A key that is personal data, or may be, is shown as a digest such as key#3fa9c1, which --key takes, too."
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

    @Option(names = "--show-pii", description = "Print personal data in keys and messages.")
    private boolean showsPii;

    DeadLettersListCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        Output output = new Output(caller.out());
        choice.with(caller, (letters, chosen) -> {
            print(output, chosen, new LetterPrivacy(new LetterData(Signals.discovered()), letters::message, showsPii));
            return null;
        });
        output.flush();
        return ExitCode.FINE;
    }

    private void print(Output output, LetterChoice.Chosen chosen, LetterPrivacy privacy) {
        List<DeadLetter> letters = chosen.letters();
        if (json) {
            letters.forEach(
                    letter -> output.line(LetterText.describe(letter, privacy).toString()));
            chosen.malformed()
                    .forEach(each -> output.line(LetterText.describe(each).toString()));
        } else {
            choice.count(letters).forEach(output::plain);
            LetterChoice.describe(chosen.malformed()).forEach(output::plain);
            if (!letters.isEmpty()) {
                output.line("");
                table(letters, privacy).print(output, caller);
            }
        }
    }

    /** Enough of an id to be typed. */
    private static String beginning(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private static Table table(List<DeadLetter> letters, LetterPrivacy privacy) {
        Table table = new Table(6, "ID", "EVENT TYPE", "KEY", "CAUSE", "LAST FAILED", "STATE", "ATTEMPTS");
        Map<String, Long> beginnings = letters.stream()
                .collect(Collectors.groupingBy(letter -> beginning(letter.id()), Collectors.counting()));
        for (DeadLetter letter : letters) {
            table.row(
                    beginnings.getOrDefault(beginning(letter.id()), 0L) == 1 ? beginning(letter.id()) : letter.id(),
                    LetterChoice.typeOf(letter),
                    Objects.requireNonNullElse(privacy.key(letter), "-"),
                    LetterChoice.shortCause(letter),
                    LetterText.time(letter.lastFailed()),
                    letter.redriven() == null ? "waiting" : "redriven",
                    Integer.toString(letter.attempts()));
        }
        return table;
    }
}
