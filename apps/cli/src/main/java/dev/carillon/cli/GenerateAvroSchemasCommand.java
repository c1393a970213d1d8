package dev.carillon.cli;

import dev.carillon.avro.EventCodecs;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carillon generate-avro-schemas}. */
@Command(
        name = "generate-avro-schemas",
        header = "Write the Avro schemas of events into files, byte for byte as the Python command does.",
        description = {
            "",
            "A file is named after the event type, such as"
                    + " org+openedx+learning+certificate+created+v1_schema.avsc. Events that stay in process have no schema"
                    + " on the bus and are skipped. A file that is there is kept, unless it is the same or --force is given."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.FINE_HELP,
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

    private final Caller caller;
    private final Signals signals;
    private final EventCodecs codecs = new EventCodecs();

    @Parameters(
            arity = "0..*",
            paramLabel = "TYPE",
            description = "Event types, or paths in Python.",
            completionCandidates = EventNames.class)
    private List<String> events = new ArrayList<>();

    @Option(names = "--all", description = "Write the schemas of all events.")
    private boolean all;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write into; made if it is not there.")
    private Path folder = Path.of("");

    @Option(names = "--force", description = "Overwrite files.")
    private boolean force;

    GenerateAvroSchemasCommand(Caller caller, Signals signals) {
        this.caller = caller;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        if (all != events.isEmpty()) {
            throw new UsageException("Name the events whose schemas to write, or give --all");
        }
        Collection<Signal<?>> chosen = all ? signals.all() : named();
        int exitCode = ExitCode.FINE;
        for (Signal<?> signal : chosen) {
            if (signal.inProcessReason().isPresent()) {
                caller.tell("Skipped " + signal.eventType() + ", which stays in process: "
                        + signal.inProcessReason().get());
            } else if (!write(signal)) {
                exitCode = ExitCode.FAILED;
            }
        }
        return exitCode;
    }

    private Collection<Signal<?>> named() {
        List<Signal<?>> named = new ArrayList<>();
        events.forEach(event -> named.add(signals.get(event)));
        return named;
    }

    /** False when another file was kept. */
    private boolean write(Signal<?> signal) {
        Path file = folder.resolve(SchemaFile.name(signal.eventType()));
        String text = SchemaFile.text(codecs.of(signal).schemaText());
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file) || (force && !Files.readString(file).equals(text))) {
                Files.writeString(file, text);
                caller.tell("Wrote " + file);
                return true;
            }
            boolean same = Files.readString(file).equals(text);
            caller.tell(same ? "Unchanged: " + file : "Kept " + file + ", which differs; --force overwrites it");
            return same;
        } catch (IOException e) {
            throw new FailedException("Cannot write " + file + ": " + e, e);
        }
    }
}
