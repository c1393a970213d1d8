package dev.carillon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.avro.EventSchema;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code carillon decode}. */
@Command(
        name = "decode",
        header = "Convert the bytes that travel on the event bus to event data in JSON.",
        description = {
            "",
            "Reads JSON lines {\"event_type\", \"avro\", \"sourcelib\"} and prints {\"event_type\", \"data\"} for each. avro is"
                    + " Avro without a header, in hexadecimal. sourcelib is the release of openedx-events that wrote it, as"
                    + " \"9.20.0\" or [9, 20, 0]; without it, the release that Carillon implements. In place of sourcelib, schema"
                    + " may be the Avro schema that wrote it, as for a changed event of your own. Other fields of a line are"
                    + " ignored. Personal data are not masked.",
            "",
            JsonLines.HELP
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.INVALID_LINES_HELP, ExitCode.USAGE_HELP},
        footer = {
            "",
            "Examples:",
            "  carillon decode < avro.jsonl | jq .data",
            "  printf %%s '{\"event_type\": \"org.openedx.content_authoring.content_library.created.v1\",' \\",
            "    ' \"avro\": \"186c69623a4f72673a6c69623100\"}' | carillon decode"
        })
final class DecodeCommand implements Callable<Integer> {

    private final Console console;
    private final KnownSignals signals;
    private final DataFormats formats = new DataFormats();

    DecodeCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        return new JsonLines(console).convert(this::decode);
    }

    private ObjectNode decode(JsonObject line) {
        Signal<?> signal = signals.get().get(line.text("event_type"));
        byte[] avro = hex(line.text("avro"));
        DataFormats.Format<?> format = formats.of(signal);
        String data = line.value("schema")
                .map(schema -> format.toJson(avro, schema(schema)))
                .orElseGet(() -> format.toJson(avro, release(line)));
        return Json.object().put("event_type", signal.eventType()).putRawValue("data", Json.raw(data));
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'avro' must be bytes in hexadecimal, but is not: " + e.getMessage(), e);
        }
    }

    /** The schema that wrote the data, as JSON or as a text that contains it. */
    private static EventSchema schema(JsonNode schema) {
        try {
            return EventSchema.parse(schema.isTextual() ? schema.textValue() : schema.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'schema' must be an Avro schema: " + e.getMessage(), e);
        }
    }

    /** The release that wrote the data; null when the line does not say. */
    private static @Nullable LibraryVersion release(JsonObject line) {
        JsonNode release = line.value("sourcelib").orElse(null);
        if (release == null) {
            return null;
        }
        if (release.isTextual()) {
            return LibraryVersion.parse(release.textValue());
        }
        List<JsonNode> numbers = new ArrayList<>();
        release.forEach(numbers::add);
        if (release.isArray() && numbers.stream().allMatch(JsonNode::isInt)) {
            return LibraryVersion.of(numbers.stream().map(JsonNode::intValue).toList());
        }
        throw new IllegalArgumentException("'sourcelib' must be a release such as \"9.20.0\" or [9, 20, 0], but is "
                + line.json("sourcelib").orElse("missing"));
    }
}
