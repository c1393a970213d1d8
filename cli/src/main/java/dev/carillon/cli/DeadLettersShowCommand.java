package dev.carillon.cli;

import dev.carillon.bus.DeadLetter;
import dev.carillon.bus.spi.Header;
import dev.carillon.events.Signals;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        List<DeadLetter> letters = choice.with(caller, (all, chosen) -> chosen);
        Output output = new Output(caller.out());
        letters.forEach(letter -> output.line(whole(letter).toString()));
        output.flush();
        if (letters.isEmpty()) {
            caller.tell("carillon: there is no such dead letter");
        }
        return ExitCode.FINE;
    }

    private JsonText whole(DeadLetter letter) {
        LetterPrivacy privacy = new LetterPrivacy(data, showsPii);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : letter.message().headers()) {
            headers.put(header.name(), privacy.header(letter, new String(header.value(), StandardCharsets.UTF_8)));
        }
        JsonText json = LetterText.describe(letter, privacy).put("headers", headers);
        if (showsPii) {
            json.put(
                    "value", Base64.getEncoder().encodeToString(letter.message().value()));
        }
        data.json(letter, showsPii).ifPresent(text -> json.putJson("data", text));
        return json;
    }
}
