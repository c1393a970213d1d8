package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventProducer;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.StrictUtf8;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon produce-event}. */
@Command(
        name = "produce-event",
        header = "Send one event over the event bus.",
        description = {
            "",
            "Validates data, key field and settings first. Then sends the event and waits for the acknowledgement of the broker. An"
                    + " event that was not sent is printed on standard output as one line of JSON, including its personal"
                    + " data, so that nothing is lost: --resend sends it later, with the same id and time."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:The broker has the event",
            "1:The event was not sent, or the broker did not acknowledge it in time",
            ExitCode.SETTINGS_HELP
        },
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon produce-event --signal openedx_events.learning.signals.SESSION_LOGIN_COMPLETED \\",
            "    --topic user-login --key-field user.pii.username \\",
            "    --data '{\"user\": {\"id\": 123, \"is_active\": true, \"pii\": {\"username\": \"ada\","
                    + " \"email\": \"ada@example.org\"}}}'",
            "  carillon produce-event --settings service.yml --topic learning-certificate-lifecycle \\",
            "    --signal org.openedx.learning.certificate.created.v1 \\",
            "    --key-field certificate.course.course_key --data @certificate.json > unsent.jsonl",
            "  carillon produce-event --resend unsent.jsonl"
        })
final class ProduceEventCommand implements Callable<Integer>, Main.ReplacesLogger {

    private static final int MAX_TIMEOUT_SECONDS = 86_400;

    private final Console console;
    private final DataFormats formats = new DataFormats();

    @ArgGroup(multiplicity = "1")
    private EventSource source = new EventSource();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for the broker. Default: ${DEFAULT-VALUE}.")
    private double timeout;

    @Mixin
    private SharedOptions.JsonOutput json = new SharedOptions.JsonOutput();

    @Mixin
    private BusOptions busOptions = new BusOptions();

    /** Either a new event, or a file of unsent events. */
    private static final class EventSource {

        @ArgGroup(exclusive = false)
        private @Nullable NewEvent newEvent;

        @Option(
                names = "--resend",
                required = true,
                paramLabel = "FILE",
                description = "Send the events that this command printed when it could not send them; - reads standard"
                        + " input.")
        private @Nullable String resend;
    }

    /** The options of a new event. */
    private static final class NewEvent {

        @Option(
                names = "--signal",
                required = true,
                paramLabel = "PATH|TYPE",
                description = "The event, by its path in Python or its event type.",
                completionCandidates = SharedOptions.EventNames.class)
        private String signal = "";

        @Option(
                names = "--topic",
                required = true,
                paramLabel = "TOPIC",
                description = "The topic, without the prefix of the settings.")
        private String topic = "";

        @Option(
                names = "--key-field",
                required = true,
                paramLabel = "PATH",
                description = "The dotted path of the event's key, such as certificate.course.course_key.")
        private String keyField = "";

        @Option(
                names = "--data",
                required = true,
                paramLabel = "JSON|@FILE|-",
                description =
                        "The data: one JSON object with the data keys, or a file that contains it; - reads standard"
                                + " input.")
        private String data = "";
    }

    ProduceEventCommand(Console console) {
        this.console = console;
    }

    /** An event that was not sent is reported here. */
    @Override
    public String replacedLogger() {
        return EventProducer.class.getName();
    }

    @Override
    public Integer call() {
        if (!(timeout > 0 && timeout <= MAX_TIMEOUT_SECONDS)) {
            throw CommandException.usage("--timeout must be more than 0 seconds and at most a day, but is " + timeout);
        }
        Settings settings = busOptions.settings(console);
        Events events = BusOptions.events(settings);
        List<UnsentEvent<?>> unsent =
                source.newEvent != null ? List.of(create(source.newEvent, events)) : readUnsent(events);
        try (EventSender sender = new EventSender(
                EventBus.builder(settings, events).withoutPublishing().open())) {
            return report(sender.send(unsent, Duration.ofMillis((long) (timeout * 1000))));
        }
    }

    private UnsentEvent<?> create(NewEvent event, Events events) {
        Signal<?> signal = events.signals().get(event.signal);
        try {
            String data = data(event.data);
            return UnsentEvent.of(signal, event.topic, event.keyField, data, events.newMetadata(signal), formats);
        } catch (RuntimeException e) {
            throw CommandException.usage(e);
        }
    }

    private String data(String option) {
        if (option.equals("-")) {
            return readStandardInput();
        }
        return option.startsWith("@") ? readFile(option.substring(1)) : option;
    }

    private List<UnsentEvent<?>> readUnsent(Events events) {
        String file = String.valueOf(source.resend);
        String text = file.equals("-") ? readStandardInput() : readFile(file);
        List<UnsentEvent<?>> unsent = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                try {
                    unsent.add(UnsentEvent.parse(JsonObject.parse(line), events.signals(), formats));
                } catch (RuntimeException e) {
                    throw CommandException.usage("Line " + number + " of the events to resend: ", e);
                }
            }
        }
        return unsent;
    }

    private String readStandardInput() {
        return read("Standard input", console.in()::readAllBytes);
    }

    private static String readFile(String file) {
        return read("File " + file, () -> Files.readAllBytes(Path.of(file)));
    }

    private interface BytesSource {
        byte[] read() throws IOException;
    }

    private static String read(String name, BytesSource source) {
        try {
            byte[] bytes = source.read();
            return StrictUtf8.decode(bytes, 0, bytes.length);
        } catch (NoSuchFileException e) {
            throw CommandException.usage(name + " does not exist");
        } catch (CharacterCodingException e) {
            throw CommandException.usage(name + " is not UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw CommandException.usage(name + " cannot be read: " + e.getMessage());
        }
    }

    private int report(List<EventSender.Result> results) {
        int exitCode = ExitCode.SUCCESS;
        for (EventSender.Result result : results) {
            UnsentEvent<?> event = result.event();
            if (result.error() != null) {
                exitCode = ExitCode.FAILED;
                console.message(result.error());
                console.json(event.toJson());
            } else if (json.isWanted()) {
                console.json(Json.object()
                        .put("event_id", event.metadata().id().toString())
                        .put("event_type", event.signal().eventType())
                        .put("topic", event.topic())
                        .put("position", result.position()));
            } else {
                console.escapedLine("Sent " + event.signal().eventType() + " to topic " + event.topic()
                        + ": position " + result.position() + ", event id "
                        + event.metadata().id());
            }
        }
        if (exitCode != ExitCode.SUCCESS) {
            console.message("Events that were not sent are on standard output; send them later with --resend");
        }
        return exitCode;
    }
}
