package dev.carillon.cli;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.events.Signals;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon dead-letters show}. */
@Command(
        name = "show",
        header = "Print dead letters whole, as JSON lines.",
        description = {
            "",
            "Adds the message to what \"list --json\" prints: its headers, its value as it came in Base64, and, where they can be"
                    + " read with the events that this command knows, the event data. Personal data are masked unless --show-pii"
                    + " is given, in key, message and headers, too, and the value is left out."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, "1:The broker is away, or refuses", ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon dead-letters show -t user-login -g audit --id 7c211433f02a | jq",
            "  carillon dead-letters show -t user-login -g audit --show-pii | jq .data"
        })
final class DeadLettersShowCommand implements Callable<Integer> {

    private final Caller caller;
    private final LetterData data = new LetterData(Signals.discovered());

    @Mixin
    private LetterChoice choice = new LetterChoice();

    @Option(names = "--show-pii", description = "Print personal data, and the value as it came.")
    private boolean showsPii;

    DeadLettersShowCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        Output output = new Output(caller.out());
        boolean isNone = choice.with(caller, (letters, chosen) -> {
            long shown = chosen.letters().stream()
                    .filter(letter -> show(output, letter, letters.message(letter)))
                    .count();
            chosen.malformed()
                    .forEach(each -> output.line(LetterText.describe(each).toString()));
            return shown == 0 && chosen.malformed().isEmpty();
        });
        output.flush();
        if (isNone) {
            caller.tell("carillon: there is no such dead letter");
        }
        return ExitCode.FINE;
    }

    /** Answers false when it is gone since it was listed. */
    private boolean show(Output output, DeadLetter letter, Optional<RawMessage> message) {
        message.ifPresent(whole -> output.line(whole(letter, whole).toString()));
        return message.isPresent();
    }

    private JsonText whole(DeadLetter letter, RawMessage message) {
        LetterPrivacy privacy = new LetterPrivacy(data, each -> Optional.of(message), showsPii);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : message.headers()) {
            headers.put(header.name(), privacy.header(letter, new String(header.value(), StandardCharsets.UTF_8)));
        }
        JsonText json = LetterText.describe(letter, privacy).put("headers", headers);
        if (showsPii) {
            json.put("value", Base64.getEncoder().encodeToString(message.value()));
        }
        data.json(letter, message, showsPii).ifPresent(text -> json.putJson("data", text));
        return json;
    }
}
