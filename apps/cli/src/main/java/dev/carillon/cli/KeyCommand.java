package dev.carillon.cli;

import dev.carillon.events.keys.InvalidKeyException;
import dev.carillon.events.keys.KeyKind;
import dev.carillon.events.keys.OpaqueKey;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code carillon key}. */
@Command(
        name = "key",
        header = "Take opaque keys apart: course keys, usage keys, library keys.",
        description = {
            "",
            "Reads JSON lines {\"kind\", \"input\"} and answers each with the same fields and class, parts and string (the"
                    + " canonical form), or with \"invalid\": true and why (error). A kind is one of course, usage, ccx,"
                    + " library, library_usage, library_collection, library_container.",
            "",
            JsonLines.ABOUT_WRONG_LINES
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.FINE_HELP + "; that a key is invalid is an answer, too",
            ExitCode.WRONG_LINES_HELP,
            ExitCode.USAGE_HELP
        },
        footer = {
            "",
            "Examples:",
            "  printf %%s '{\"kind\": \"course\", \"input\": \"course-v1:edX+DemoX+2024\"}' | carillon key",
            "  carillon key < keys.jsonl | jq -r 'select(.invalid) | .error'"
        })
final class KeyCommand implements Callable<Integer> {

    /** What the answer adds; a line that has been answered before may be asked again. */
    private static final Set<String> ANSWERS = Set.of("class", "parts", "string", "invalid", "error");

    private final Caller caller;

    KeyCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        return new JsonLines(caller).answer(KeyCommand::answer);
    }

    private static JsonText answer(JsonObject line) {
        KeyKind kind = KeyKind.named(line.text("kind"));
        String input = line.text("input");
        JsonText answer = new JsonText();
        for (String name : line.names()) {
            if (!ANSWERS.contains(name)) {
                line.json(name).ifPresent(json -> answer.putJson(name, json));
            }
        }
        try {
            OpaqueKey key = kind.parse(input);
            return answer.put("class", key.typeName()).put("parts", key.parts()).put("string", key.toString());
        } catch (InvalidKeyException e) {
            return answer.put("invalid", true).put("error", e.getMessage());
        }
    }
}
