package dev.carillon.cli;

import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code carillon decode}. */
@Command(
        name = "decode",
        header = "Turn the bytes that travel on the event bus into event data as JSON.",
        description = {
            "",
            "Reads JSON lines {\"event_type\", \"avro\", \"sourcelib\"} and answers each with {\"event_type\", \"data\"}. avro is"
                    + " Avro without a header, in hexadecimal. sourcelib is the release of openedx-events that wrote it, as"
                    + " \"9.20.0\" or [9, 20, 0], and may be missing: then it is the release that Carillon implements."
                    + " Further fields in a line are ignored. Personal data are not masked.",
            "",
            JsonLines.ABOUT_WRONG_LINES
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, ExitCode.WRONG_LINES_HELP, ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  carillon decode < avro.jsonl | jq .data",
            "  printf %%s '{\"event_type\": \"org.openedx.content_authoring.content_library.created.v1\",' \\",
            "    ' \"avro\": \"186c69623a4f72673a6c69623100\"}' | carillon decode"
        })
final class DecodeCommand implements Callable<Integer> {

    private final Caller caller;
    private final Signals signals;
    private final DataFormats formats = new DataFormats();

    DecodeCommand(Caller caller, Signals signals) {
        this.caller = caller;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        return new JsonLines(caller).answer(this::decode);
    }

    private JsonText decode(JsonObject line) {
        Signal<?> signal = signals.get(line.text("event_type"));
        byte[] avro = hex(line.text("avro"));
        String data = formats.of(signal).toJson(avro, release(line));
        return new JsonText().put("event_type", signal.eventType()).putJson("data", data);
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'avro' must be bytes in hexadecimal, but is not: " + e.getMessage(), e);
        }
    }

    private static @Nullable LibraryVersion release(JsonObject line) {
        Object release = line.value("sourcelib").orElse(null);
        if (release == null) {
            return null;
        }
        if (release instanceof String dotted) {
            return LibraryVersion.parse(dotted);
        }
        if (release instanceof List<?> numbers && numbers.stream().allMatch(Integer.class::isInstance)) {
            return LibraryVersion.of(numbers.stream().map(Integer.class::cast).toList());
        }
        throw new IllegalArgumentException("'sourcelib' must be a release such as \"9.20.0\" or [9, 20, 0], but is "
                + line.json("sourcelib").orElse("missing"));
    }
}
