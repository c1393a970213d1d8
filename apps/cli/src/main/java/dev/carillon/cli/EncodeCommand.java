package dev.carillon.cli;

import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code carillon encode}. */
@Command(
        name = "encode",
        header = "Turn event data from JSON into the bytes that travel on the event bus.",
        description = {
            "",
            "Reads JSON lines {\"event_type\", \"data\"} and answers each with {\"event_type\", \"avro\"}: Avro without a"
                    + " header, in hexadecimal. An event type may also be a path in Python. Further fields in a line are"
                    + " ignored.",
            "",
            JsonLines.ABOUT_WRONG_LINES
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, ExitCode.WRONG_LINES_HELP, ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  carillon encode < events.jsonl > avro.jsonl",
            "  printf %%s '{\"event_type\": \"org.openedx.content_authoring.content_library.created.v1\",' \\",
            "    ' \"data\": {\"content_library\": {\"library_key\": \"lib:Org:lib1\"}}}' | carillon encode"
        })
final class EncodeCommand implements Callable<Integer> {

    private final Caller caller;
    private final Signals signals;
    private final DataFormats formats = new DataFormats();

    EncodeCommand(Caller caller, Signals signals) {
        this.caller = caller;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        return new JsonLines(caller).answer(this::encode);
    }

    private JsonText encode(JsonObject line) {
        Signal<?> signal = signals.get(line.text("event_type"));
        byte[] avro = formats.of(signal).toAvro(line.object("data"));
        return new JsonText()
                .put("event_type", signal.eventType())
                .put("avro", HexFormat.of().formatHex(avro));
    }
}
