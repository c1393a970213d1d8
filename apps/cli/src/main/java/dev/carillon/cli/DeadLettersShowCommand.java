package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.RawMessage;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon dead-letters show}. */
@Command(
        name = "show",
        header = "Print dead letters with their messages, as JSON lines.",
        description = {
            "",
            "Prints what \"list --json\" prints, plus the headers of the message and, for events that this command knows, the event"
                    + " data. Personal data in data, key, cause and headers are masked. With --show-pii they are not, and the"
                    + " value of the message is added in Base64."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.BROKER_HELP, ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon dead-letters show -t user-login -g audit --id 7c211433f02a | jq",
            "  carillon dead-letters show -t user-login -g audit --show-pii | jq .data"
        })
final class DeadLettersShowCommand implements Callable<Integer> {

    private final Console console;
    private final KnownSignals signals;

    @Mixin
    private DeadLetterSelection selection = new DeadLetterSelection();

    @Option(names = "--show-pii", description = "Print personal data unmasked, and the value of the message.")
    private boolean showPii;

    DeadLettersShowCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        boolean any = selection.with(console, (deadLetters, selected) -> {
            DeadLetterView view = new DeadLetterView(signals.get(), deadLetters::message, showPii);
            long shown = selected.deadLetters().stream()
                    .filter(deadLetter -> show(view, deadLetter, deadLetters.message(deadLetter)))
                    .count();
            selected.malformed().forEach(malformed -> console.json(DeadLetterView.toJson(malformed)));
            return shown > 0 || !selected.malformed().isEmpty();
        });
        if (!any) {
            console.message("no dead letter matches");
        }
        return ExitCode.SUCCESS;
    }

    /** Returns false when the dead letter is gone since it was listed. */
    private boolean show(DeadLetterView view, DeadLetter deadLetter, Optional<RawMessage> message) {
        message.ifPresent(found -> console.json(view.toJson(deadLetter, found)));
        return message.isPresent();
    }
}
