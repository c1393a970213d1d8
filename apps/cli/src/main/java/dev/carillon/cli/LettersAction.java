package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is done with chosen dead letters: counted first, done with {@code --yes}. */
abstract class LettersAction implements Callable<Integer> {

    private final Caller caller;

    @Mixin
    private LetterChoice choice = new LetterChoice();

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    @Option(names = "--yes", description = "Do it. Without this, they are only counted.")
    private boolean yes;

    LettersAction(Caller caller) {
        this.caller = caller;
    }

    /** Does it. */
    abstract void act(DeadLetters letters, List<DeadLetter> chosen);

    /** Whether what is malformed is removed, where its place is named; else it is passed over. */
    boolean discardsMalformed() {
        return false;
    }

    /** As in "were redriven". */
    abstract String done();

    @Override
    public Integer call() {
        if (all == choice.isNarrowed()) {
            throw new UsageException(
                    all
                            ? "--all cannot be combined with a condition such as --id or --cause"
                            : "Say which dead letters: --id, --type, --key, --cause, --from, --until, or --all");
        }
        Output output = new Output(caller.out());
        choice.with(caller, (letters, chosen) -> {
            boolean discards =
                    !all && discardsMalformed() && !chosen.malformed().isEmpty();
            boolean none = chosen.letters().isEmpty() && !discards;
            if (none) {
                output.plain("0 dead letters of " + choice + " match; nothing was " + done());
            } else {
                choice.count(chosen.letters()).forEach(output::plain);
            }
            LetterChoice.describe(chosen.malformed()).forEach(output::plain);
            if (!discards && !chosen.malformed().isEmpty()) {
                output.line("What is malformed is passed over");
            }
            if (!none) {
                if (yes) {
                    act(letters, chosen.letters());
                    if (discards) {
                        letters.discardMalformed(chosen.malformed());
                    }
                }
                output.line(yes ? "They were " + done() : "Nothing was " + done() + " yet: --yes does it");
            }
            return null;
        });
        output.flush();
        return ExitCode.FINE;
    }
}
