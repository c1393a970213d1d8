package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
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
        header = "Send one event over the event bus, as the settings say.",
        description = {
            "",
            "Everything is checked first: data, key field, settings. Then the event is sent, and the broker's word waited"
                    + " for. An event that could not be sent is printed as one JSON line on standard output, personal data"
                    + " and all, so that nothing is lost: --resend sends it later, with the same id and time."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:The broker has the event",
            "1:It was not sent, or the broker did not answer in time",
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
final class ProduceEventCommand implements Callable<Integer> {

    private final Caller caller;
    private final DataFormats formats = new DataFormats();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long the broker may take to answer. Default: ${DEFAULT-VALUE}.")
    private double timeout;

    @Option(names = "--json", description = "Print one JSON object for what was sent.")
    private boolean json;

    @Mixin
    private SettingsOption settingsOption = new SettingsOption();

    /** A new event, or some that were not sent before. */
    private static final class What {

        @ArgGroup(exclusive = false)
        private @Nullable Fresh fresh;

        @Option(
                names = "--resend",
                required = true,
                paramLabel = "FILE",
                description = "Send the events that this command printed when it could not send them; - reads standard"
                        + " input.")
        private @Nullable String resend;
    }

    /** A new event. */
    private static final class Fresh {

        @Option(
                names = "--signal",
                required = true,
                paramLabel = "PATH|TYPE",
                description = "The event, by its path in Python or its event type.",
                completionCandidates = EventNames.class)
        private String signal = "";

        @Option(names = "--topic", required = true, description = "The topic, without the prefix of the settings.")
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
                description = "The data, one JSON object with the data keys; or a file that holds it; - reads standard"
                        + " input.")
        private String data = "";
    }

    ProduceEventCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        if (!(timeout > 0 && timeout <= 86_400)) {
            throw new UsageException("--timeout must be more than 0 seconds and at most a day, but is " + timeout);
        }
        Settings settings = settingsOption.load(caller.variables());
        Events events = SettingsOption.events(settings);
        List<UnsentEvent<?>> unsent = what.fresh != null ? List.of(make(what.fresh, events)) : readUnsent(events);
        try (EventSender sender = new EventSender(EventBus.open(settings, events))) {
            return report(sender.send(unsent, Duration.ofMillis((long) (timeout * 1000))));
        }
    }

    private UnsentEvent<?> make(Fresh fresh, Events events) {
        Signal<?> signal = events.signals().get(fresh.signal);
        try {
            String data = TextArgument.read(fresh.data, caller.in());
            return UnsentEvent.of(signal, fresh.topic, fresh.keyField, data, events.newMetadata(signal), formats);
        } catch (RuntimeException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    private List<UnsentEvent<?>> readUnsent(Events events) {
        String file = String.valueOf(what.resend);
        String text;
        try {
            text = TextArgument.read(file.equals("-") ? file : "@" + file, caller.in());
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        }
        List<UnsentEvent<?>> unsent = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                try {
                    unsent.add(UnsentEvent.read(JsonObject.parse(line), events.signals(), formats));
                } catch (RuntimeException e) {
                    throw new UsageException("Line " + number + " of what to resend: " + Errors.message(e), e);
                }
            }
        }
        return unsent;
    }

    private int report(List<EventSender.Outcome> outcomes) {
        Output output = new Output(caller.out());
        int exitCode = ExitCode.FINE;
        for (EventSender.Outcome outcome : outcomes) {
            UnsentEvent<?> event = outcome.event();
            if (outcome.problem() != null) {
                exitCode = ExitCode.FAILED;
                caller.tell("carillon: " + outcome.problem());
                output.line(event.toJson().toString());
            } else if (json) {
                output.line(new JsonText()
                        .put("event_id", event.metadata().id().toString())
                        .put("event_type", event.signal().eventType())
                        .put("topic", event.topic())
                        .put("position", outcome.position())
                        .toString());
            } else {
                output.plain("Sent " + event.signal().eventType() + " to topic " + event.topic() + ": position "
                        + outcome.position() + ", event id " + event.metadata().id());
            }
        }
        output.flush();
        if (exitCode != ExitCode.FINE) {
            caller.tell("carillon: What was not sent stands on standard output; --resend sends it again");
        }
        return exitCode;
    }
}
