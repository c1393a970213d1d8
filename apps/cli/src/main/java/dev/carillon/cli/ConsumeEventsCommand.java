package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
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
        header = "Read events from the event bus and print them, one JSON object a line.",
        description = {
            "",
            "Each line has event_type, metadata and data, in the order of the topic. An event is acknowledged when it is"
                    + " printed; after a crash some may come again. Personal data are printed as \"***\", unless --show-pii"
                    + " is given; a script that acts on the data needs it.",
            "",
            "Ends on SIGTERM and Ctrl-C, after --max events, or when nobody reads its output. A broker that is away is"
                    + " waited for, and said so once a minute. A group that exists goes on where it was; only offset_time of --extra moves one."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:It was told to end, or printed as many events as it was asked for",
            "1:It gave up, after as many errors in a row as the settings allow, or could not print",
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
final class ConsumeEventsCommand implements Callable<Integer> {

    private final Caller caller;

    @Option(
            names = {"-t", "--topic"},
            required = true,
            paramLabel = "TOPIC",
            description = "A topic to read, without the prefix of the settings. May be given several times.")
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
            description = "Further options of the broker, as in Python: consumer_name, check_backlog, last_read_msg_id,"
                    + " claim_msgs_older_than on Redis; offset_time on Kafka, which moves the group there and ends.")
    private @Nullable String extra;

    @Option(
            names = "--from",
            paramLabel = "earliest|latest|ID|TIME",
            converter = StartOption.class,
            description =
                    "Where a new group begins: with the oldest event, with the next one to come (the default), behind"
                            + " a position, or at an ISO 8601 time.")
    private StartAt from = StartAt.latest();

    @Option(names = "--max", paramLabel = "N", description = "End after so many events. Default: go on.")
    private @Nullable Long max;

    @Option(names = "--show-pii", description = "Print personal data as they are.")
    private boolean showPii;

    @Mixin
    private SettingsOption settingsOption = new SettingsOption();

    ConsumeEventsCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        ConsumerOptions options = options();
        Settings settings = settingsOption.load(caller.variables());
        Events events = SettingsOption.events(settings);
        new EventPrinter(new Output(caller.out()), showPii).connectTo(events);
        try (EventBus bus = EventBus.open(settings, events)) {
            return consume(bus.consumer(topics, group, options));
        }
    }

    /** One lane, so that events are printed in the order of the topic. */
    private ConsumerOptions options() {
        if (max != null && max < 1) {
            throw new UsageException("--max must be 1 or more, but is " + max);
        }
        ConsumerOptions options = ConsumerOptions.defaults()
                .withConcurrency(1)
                .withStartAt(from)
                .withExtra(extras())
                .withRetries(RetryPolicy.none())
                .withFailurePolicy(new PrintOrEnd());
        return max == null ? options : options.withMaxEvents(max);
    }

    private Map<String, Object> extras() {
        try {
            return extra == null ? Map.of() : JsonObject.parse(extra).values();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--extra: " + e.getMessage(), e);
        }
    }

    private int consume(EventConsumer consumer) {
        try (Termination termination = Termination.calls(consumer::stop)) {
            @Nullable StopReason reason = null;
            try {
                reason = consumer.run();
            } finally {
                caller.tell(
                        reason == StopReason.GROUP_MOVED
                                ? "carillon: group " + group + " is where --extra wants it"
                                : summary(consumer.counts()));
            }
            return termination.endedWith(ExitCode.FINE);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--extra: " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
    }

    private static String summary(ConsumerCounts counts) {
        long printed = counts.delivered() - counts.failed();
        StringBuilder summary =
                new StringBuilder("carillon: " + printed + (printed == 1 ? " event printed" : " events printed"));
        append(summary, counts.failed(), "could not be printed");
        append(summary, counts.unknownType(), "of unknown event types passed over");
        append(summary, counts.undecodable(), "that were no events passed over");
        return summary.toString();
    }

    private static void append(StringBuilder summary, long count, String what) {
        if (count > 0) {
            summary.append("; ").append(count).append(' ').append(what);
        }
    }
}
