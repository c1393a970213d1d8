package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.events.Signal;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code carillon encode}. */
@Command(
        name = "encode",
        header = "Convert event data from JSON to the bytes that travel on the event bus.",
        description = {
            "",
            "Reads JSON lines {\"event_type\", \"data\"} and prints {\"event_type\", \"avro\"} for each: Avro without a header,"
                    + " in hexadecimal. An event type may also be a path in Python. Other fields of a line are ignored.",
            "",
            JsonLines.HELP
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.INVALID_LINES_HELP, ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  carillon encode < events.jsonl > avro.jsonl",
            "  printf %%s '{\"event_type\": \"org.openedx.content_authoring.content_library.created.v1\",' \\",
            "    ' \"data\": {\"content_library\": {\"library_key\": \"lib:Org:lib1\"}}}' | carillon encode"
        })
final class EncodeCommand implements Callable<Integer> {

    private final Console console;
    private final KnownSignals signals;
    private final DataFormats formats = new DataFormats();

    EncodeCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        return new JsonLines(console).convert(this::encode);
    }

    private ObjectNode encode(JsonObject line) {
        Signal<?> signal = signals.get().get(line.text("event_type"));
        byte[] avro = formats.of(signal).toAvro(line.object("data"));
        return Json.object()
                .put("event_type", signal.eventType())
                .put("avro", HexFormat.of().formatHex(avro));
    }
}
