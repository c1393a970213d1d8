package dev.carillon.cli;

import dev.carillon.avro.EventCodecs;
import dev.carillon.avro.EventSchema;
import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carillon events check}. */
@Command(
        name = "check",
        header = "Check whether changes of events break services that send or receive them.",
        description = {
            "",
            "Compares the schemas of events with older ones, in both directions: whether services with the new record can read"
                    + " events that are already on the bus, and whether services with the old record can read new events."
                    + " Prints one line for each problem, and fails if there is any; for CI."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.SUCCESS_HELP,
            "1:A change breaks somebody, or the registry is unavailable",
            ExitCode.SETTINGS_HELP
        },
        footer = {
            "",
            "Examples:",
            "  carillon generate-avro-schemas --all --out schemas   # once, at a release",
            "  carillon events check --against schemas",
            "  carillon events check org.openedx.learning.certificate.created.v1 --against old.avsc",
            "  carillon events check --against registry -t learning-certificate-lifecycle"
        })
final class EventsCheckCommand implements Callable<Integer> {

    private static final String REGISTRY = "registry";
    private static final String HISTORY = "history";

    /** What a check of the bus says about the registry. */
    private static final Set<String> REGISTRY_SUBJECTS = Set.of("connection", "registry", "schemas");

    private final Console console;
    private final KnownSignals signals;
    private final EventCodecs codecs = new EventCodecs();

    @Parameters(
            paramLabel = "TYPE",
            description = "Event types, or paths in Python. Without any: all events. With a file: one.",
            completionCandidates = SharedOptions.EventNames.class)
    private List<String> events = new ArrayList<>();

    @Option(
            names = "--against",
            required = true,
            paramLabel = "OLD",
            description = "The older schemas: a file with one schema, a folder that generate-avro-schemas has written,"
                    + " 'registry' for the latest schemas of topics in Kafka's registry, or 'history' for the newest release"
                    + " of openedx-events that Carillon knows.")
    private String against = "";

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description = "With 'registry': a topic, in addition to those that the settings publish to.")
    private List<String> topics = new ArrayList<>();

    @Mixin
    private BusOptions busOptions = new BusOptions();

    EventsCheckCommand(Console console, KnownSignals signals) {
        this.console = console;
        this.signals = signals;
    }

    @Override
    public Integer call() {
        if (against.equals(REGISTRY)) {
            return checkRegistry();
        }
        Path path = Path.of(against);
        if (!against.equals(HISTORY) && !Files.exists(path)) {
            throw CommandException.usage("There is no file or folder " + path);
        }
        Collection<Signal<?>> chosen = events.isEmpty() && !Files.isRegularFile(path) ? onTheBus() : named();
        if (Files.isRegularFile(path) && chosen.size() != 1) {
            throw CommandException.usage("Name the one event whose older schema is in " + path);
        }
        int compared = 0;
        int problems = 0;
        for (Signal<?> signal : chosen) {
            Optional<EventSchema> old = older(signal, path);
            if (old.isPresent()) {
                compared++;
                problems += compare(signal, old.get());
            } else if (!events.isEmpty()) {
                console.status("There is no older schema of " + signal.eventType() + " in " + against);
            }
        }
        console.message(compared + (compared == 1 ? " event" : " events") + " compared, " + problems
                + (problems == 1 ? " problem" : " problems"));
        return problems == 0 ? ExitCode.SUCCESS : ExitCode.FAILED;
    }

    private Collection<Signal<?>> onTheBus() {
        return signals.get().all().stream()
                .filter(signal -> signal.inProcessReason().isEmpty())
                .toList();
    }

    private Collection<Signal<?>> named() {
        List<Signal<?>> named = new ArrayList<>();
        events.forEach(event -> named.add(signals.get().get(event)));
        return named;
    }

    private Optional<EventSchema> older(Signal<?> signal, Path path) {
        if (against.equals(HISTORY)) {
            return codecs.history().schema(signal.eventType(), LibraryVersion.CURRENT);
        }
        Path file = Files.isDirectory(path) ? GenerateAvroSchemasCommand.file(path, signal) : path;
        try {
            return Files.exists(file) ? Optional.of(EventSchema.parse(Files.readString(file))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.usage("Cannot read the schema in " + file + ": ", e);
        }
    }

    private int compare(Signal<?> signal, EventSchema old) {
        EventSchema now = codecs.of(signal).schema();
        List<String> reading = now.problemsReading(old);
        List<String> read = old.problemsReading(now);
        reading.forEach(problem -> console.escapedLine(
                signal.eventType() + ": services with the new record cannot read older events: " + problem));
        read.forEach(problem -> console.escapedLine(
                signal.eventType() + ": services with the old record cannot read new events: " + problem));
        return reading.size() + read.size();
    }

    private int checkRegistry() {
        List<Diagnostic> found = busOptions.withBus(console, bus -> {
            try (BusAdmin admin = bus.admin()) {
                return admin.check(topics, Optional.empty()).stream()
                        .filter(check -> REGISTRY_SUBJECTS.contains(check.subject()))
                        .toList();
            }
        });
        if (found.stream().noneMatch(check -> !check.subject().equals("connection"))
                && found.stream().allMatch(check -> check.status() == Diagnostic.Status.OK)) {
            throw CommandException.usage("This broker has no schema registry");
        }
        long problems = 0;
        for (Diagnostic check : found) {
            if (check.status() != Diagnostic.Status.OK) {
                problems++;
                console.escapedLine(check.detail().replace("\n", " "));
            } else if (check.subject().equals("schemas")) {
                console.status(check.detail());
            }
        }
        console.message(problems + (problems == 1 ? " problem" : " problems"));
        return problems == 0 ? ExitCode.SUCCESS : ExitCode.FAILED;
    }
}
