package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.events.keys.InvalidKeyException;
import dev.carillon.events.keys.KeyKind;
import dev.carillon.events.keys.OpaqueKey;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code carillon key}. */
@Command(
        name = "key",
        header = "Parse opaque keys: course keys, usage keys, library keys.",
        description = {
            "",
            "Reads JSON lines {\"kind\", \"input\"} and prints each with the same fields plus class, parts and string (the canonical"
                    + " form), or plus \"invalid\": true and error (the reason). A kind is one of course, usage, ccx, library,"
                    + " library_usage, library_collection, library_container.",
            "",
            JsonLines.HELP
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.SUCCESS_HELP + ", also when keys are invalid",
            ExitCode.INVALID_LINES_HELP,
            ExitCode.USAGE_HELP
        },
        footer = {
            "",
            "Examples:",
            "  printf %%s '{\"kind\": \"course\", \"input\": \"course-v1:edX+DemoX+2024\"}' | carillon key",
            "  carillon key < keys.jsonl | jq -r 'select(.invalid) | .error'"
        })
final class KeyCommand implements Callable<Integer> {

    /** The fields that this command adds. In its input they are ignored, so that its output can be its input again. */
    private static final Set<String> ADDED_FIELDS = Set.of("class", "parts", "string", "invalid", "error");

    private final Console console;

    KeyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new JsonLines(console).convert(KeyCommand::parse);
    }

    private static ObjectNode parse(JsonObject line) {
        KeyKind kind = KeyKind.named(line.text("kind"));
        String input = line.text("input");
        ObjectNode result = Json.object();
        for (String name : line.names()) {
            if (!ADDED_FIELDS.contains(name)) {
                line.json(name).ifPresent(json -> result.putRawValue(name, Json.raw(json)));
            }
        }
        try {
            OpaqueKey key = kind.parse(input);
            return result.put("class", key.typeName())
                    .<ObjectNode>set("parts", Json.of(key.parts()))
                    .put("string", key.toString());
        } catch (InvalidKeyException e) {
            return result.put("invalid", true).put("error", e.getMessage());
        }
    }
}
