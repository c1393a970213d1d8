package dev.carillon.cli;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.FailedDelivery;
import dev.carillon.bus.consumer.FailurePolicy.UndecodableMessage;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon consume-events}. */
@Command(
        name = "consume-events",
        header = "Consume events from the event bus and print them as JSON, one object per line.",
        description = {
            "",
            "Only prints: no receiver is called. To run the receivers of plugins, use carillon work.",
            "",
            "Each line has event_type, metadata and data, in the order of the topic. An event is acknowledged after it has been"
                    + " printed; after a crash some events may be printed again. Personal data are printed as \"***\""
                    + " unless --show-pii is given.",
            "",
            "Ends on SIGTERM and Ctrl-C, after --max events, or when its output is closed. If the broker is unavailable, it waits"
                    + " and logs that once a minute. An existing group continues at its position; only offset_time in"
                    + " --extra moves it."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:It was stopped, or printed as many events as requested",
            "1:Too many consecutive errors, as the settings define it, or the output failed",
            ExitCode.SETTINGS_HELP
        },
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon consume-events -t user-login -g user-activity-service",
            "  carillon consume-events -t learning-certificate-lifecycle -g try-out --from earliest --max 10",
            "  carillon consume-events -t user-login -g audit --from 2024-01-02T03:04:05Z --show-pii | jq .data",
            "  carillon consume-events -t user-login -g audit --extra '{\"consumer_name\": \"audit-1\"}'"
        })
final class ConsumeEventsCommand implements Callable<Integer>, Main.ReplacesLogger {

    private final Console console;
    private final DataFormats formats = new DataFormats();

    @Option(
            names = {"-t", "--topic"},
            required = true,
            paramLabel = "TOPIC",
            converter = SharedOptions.NotBlank.class,
            description = "A topic, without the prefix of the settings. May be given several times.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = {"-g", "--group_id", "--group-id"},
            required = true,
            paramLabel = "GROUP",
            description = "The consumer group.")
    private String group = "";

    @Option(
            names = "--extra",
            paramLabel = "JSON",
            description = "More options for the broker, as in Python: consumer_name, check_backlog, last_read_msg_id,"
                    + " claim_msgs_older_than on Redis; offset_time on Kafka, which moves the group and ends.")
    private @Nullable String extra;

    @Option(
            names = "--from",
            paramLabel = "earliest|latest|ID|TIME",
            converter = SharedOptions.StartPosition.class,
            description =
                    "Where a new group starts: with the oldest event, with the next new event (the default), after a"
                            + " position, or at an ISO 8601 time.")
    private StartAt from = StartAt.latest();

    @Option(names = "--max", paramLabel = "N", description = "End after N events. Default: no limit.")
    private @Nullable Long max;

    @Option(names = "--show-pii", description = "Print personal data unmasked.")
    private boolean showPii;

    @Mixin
    private BusOptions busOptions = new BusOptions();

    ConsumeEventsCommand(Console console) {
        this.console = console;
    }

    /** An event that cannot be printed is reported once, when the command ends. */
    @Override
    public String replacedLogger() {
        return Events.class.getName();
    }

    @Override
    public Integer call() {
        ConsumerOptions options = options();
        Settings settings = busOptions.settings(console);
        Events events = BusOptions.events(settings);
        events.signals().forEach(signal -> connect(events, signal));
        return BusOptions.withBus(settings, events, bus -> consume(bus.consumer(topics, group, options)));
    }

    /** One worker prints the events in the order of the topic. */
    private ConsumerOptions options() {
        if (max != null && max < 1) {
            throw CommandException.usage("--max must be at least 1, but is " + max);
        }
        ConsumerOptions options = ConsumerOptions.defaults()
                .withConcurrency(1)
                .withStartAt(from)
                .withExtra(extras())
                .withRetries(RetryPolicy.none())
                .withFailurePolicy(new StopWhenOutputFails());
        return max == null ? options : options.withMaxEvents(max);
    }

    private Map<String, Object> extras() {
        try {
            return extra == null ? Map.of() : JsonObject.parse(extra).values();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--extra: ", e);
        }
    }

    private <T> void connect(Events events, Signal<T> signal) {
        events.connect(signal, "carillon.print", this::print);
    }

    /** Flushes each event, because it is acknowledged when this returns. */
    private synchronized <T> void print(Event<T> event) {
        var json = formats.of(event.signal()).json();
        console.json(Json.object()
                .put("event_type", event.signal().eventType())
                .putRawValue("metadata", Json.raw(event.metadata().toJson()))
                .putRawValue("data", Json.raw(showPii ? json.write(event.data()) : json.writeMasked(event.data()))));
        console.flush();
    }

    private int consume(EventConsumer consumer) {
        try (ShutdownHandler shutdown = ShutdownHandler.onSignal(consumer::stop)) {
            @Nullable StopReason reason = null;
            try {
                reason = consumer.run();
            } finally {
                console.message(
                        reason == StopReason.GROUP_MOVED
                                ? "group " + group + " was moved as requested by --extra"
                                : summary(consumer.counts()));
            }
            return shutdown.endedWith(ExitCode.SUCCESS);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--extra: ", e);
        } catch (IllegalStateException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private static String summary(ConsumerCounts counts) {
        long printed = counts.delivered() - counts.failed();
        StringBuilder summary = new StringBuilder(printed + (printed == 1 ? " event printed" : " events printed"));
        append(summary, counts.failed(), "could not be printed");
        append(
                summary,
                counts.unknownType(),
                "of unknown event types skipped (CARILLON_CLASSPATH: jars with events of your own)");
        append(summary, counts.undecodable(), "undecodable skipped");
        return summary.toString();
    }

    private static void append(StringBuilder summary, long count, String what) {
        if (count > 0) {
            summary.append("; ").append(count).append(' ').append(what);
        }
    }

    /** Stops the consumer at an event that cannot be printed, which stays unacknowledged. */
    private static final class StopWhenOutputFails implements FailurePolicy.Callback {

        private final FailurePolicy.Callback others = FailurePolicy.logAndAcknowledge();

        @Override
        public void receiverFailed(FailedDelivery failed) {
            if (failed.cause() instanceof Console.OutputError error) {
                throw error;
            }
            others.receiverFailed(failed);
        }

        @Override
        public void undecodable(UndecodableMessage message) {
            others.undecodable(message);
        }
    }
}
