package dev.carillon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.Indenter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.avro.EventCodecs;
import dev.carillon.events.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carillon generate-avro-schemas}. */
@Command(
        name = "generate-avro-schemas",
        header = "Write the Avro schemas of events to files, byte for byte as the Python command does.",
        description = {
            "",
            "Files are named after the event type, such as org+openedx+learning+certificate+created+v1_schema.avsc. Events that stay"
                    + " in process have no schema on the bus and are skipped. An existing file that differs is kept unless"
                    + " --force is given."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.SUCCESS_HELP,
            "1:A file could not be written, or was kept because it differs",
            ExitCode.USAGE_HELP + ", such as an unknown event; nothing was written"
        },
        footer = {
            "",
            "Examples:",
            "  carillon generate-avro-schemas --all --out schemas",
            "  carillon generate-avro-schemas org.openedx.learning.certificate.created.v1 --out schemas --force"
        })
final class GenerateAvroSchemasCommand implements Callable<Integer> {

    private static final List<String> PYTHON_KEY_ORDER =
            List.of("name", "type", "default", "doc", "items", "values", "fields", "namespace");

    private final Console console;
    private final KnownSignals signals;
    private final EventCodecs codecs = new EventCodecs();

    @Parameters(
            arity = "0..*",
            paramLabel = "TYPE",
            description = "Event types, or paths in Python.",
            completionCandidates = SharedOptions.EventNames.class)
    private List<String> events = new ArrayList<>();

    @Option(names = "--all", description = "Write the schemas of all events.")
    private boolean all;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write to. Created if missing.")
    private Path folder = Path.of("");

    @Option(names = "--force", description = "Overwrite existing files.")
    private boolean force;

    GenerateAvroSchemasCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        if (all != events.isEmpty()) {
            throw CommandException.usage("Name the events whose schemas to write, or give --all");
        }
        Collection<Signal<?>> chosen = all ? signals.get().all() : named();
        int exitCode = ExitCode.SUCCESS;
        for (Signal<?> signal : chosen) {
            if (signal.inProcessReason().isPresent()) {
                console.status("Skipped " + signal.eventType() + ", which stays in process: "
                        + signal.inProcessReason().get());
            } else if (!write(signal)) {
                exitCode = ExitCode.FAILED;
            }
        }
        return exitCode;
    }

    private Collection<Signal<?>> named() {
        List<Signal<?>> named = new ArrayList<>();
        events.forEach(event -> named.add(signals.get().get(event)));
        return named;
    }

    /** The file of an event in a folder that this command has written. */
    static Path file(Path folder, Signal<?> signal) {
        return folder.resolve(signal.eventType().replace('.', '+') + "_schema.avsc");
    }

    /** Returns false when a file that differs was kept. */
    private boolean write(Signal<?> signal) {
        Path file = file(folder, signal);
        String text = asPythonWritesIt(codecs.of(signal).schemaText());
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file) || (force && !Files.readString(file).equals(text))) {
                Files.writeString(file, text);
                console.status("Wrote " + file);
                return true;
            }
            boolean same = Files.readString(file).equals(text);
            console.status(same ? "Unchanged: " + file : "Kept " + file + ", which differs; --force overwrites it");
            return same;
        } catch (IOException e) {
            throw CommandException.failed("Cannot write " + file + ": " + e, e);
        }
    }

    /** As {@code json.dumps(schema, indent=2)}, with the keys in the order in which the Python command creates them. */
    private static String asPythonWritesIt(String schema) {
        Indenter lines = new DefaultIndenter("  ", "\n");
        ObjectWriter writer = Json.MAPPER
                .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                                .withObjectFieldValueSpacing(Spacing.AFTER)
                                .withObjectEmptySeparator("")
                                .withArrayEmptySeparator(""))
                        .withObjectIndenter(lines)
                        .withArrayIndenter(lines))
                .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                .without(JsonWriteFeature.WRITE_HEX_UPPER_CASE);
        try {
            return writer.writeValueAsString(withKeysInPythonOrder(Json.MAPPER.readTree(schema)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode withKeysInPythonOrder(JsonNode node) {
        if (node.isObject()) {
            ObjectNode ordered = Json.object();
            node.properties().stream()
                    .sorted(Comparator.comparingInt(field -> rank(field.getKey())))
                    .forEach(field -> ordered.set(field.getKey(), withKeysInPythonOrder(field.getValue())));
            return ordered;
        }
        if (node.isArray()) {
            ArrayNode items = Json.MAPPER.createArrayNode();
            node.forEach(item -> items.add(withKeysInPythonOrder(item)));
            return items;
        }
        return node;
    }

    private static int rank(String key) {
        int index = PYTHON_KEY_ORDER.indexOf(key);
        return index < 0 ? PYTHON_KEY_ORDER.size() : index;
    }
}
