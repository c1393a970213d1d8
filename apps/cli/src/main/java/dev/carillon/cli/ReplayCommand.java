package dev.carillon.cli;

import dev.carillon.bus.deadletter.Replay;
import dev.carillon.bus.transport.StartAt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon replay}. */
@Command(
        name = "replay",
        header = "Deliver events of a topic to one consumer group again.",
        description = {
            "",
            "Copies the events to the topic <topic>-<group>-retry, which only that group reads, in addition to new events. The position"
                    + " of the group does not change, and all its receivers are called. Several conditions must all be met."
                    + " Without --from, --id, --type and --key, all events are selected, which needs --yes.",
            "",
            "Only consumers that run receivers, such as carillon work, read that topic. If the group has only consume-events,"
                    + " the replayed events remain unread.",
            "",
            "On Redis, messages have no key. There, the key is the value of the key field that EVENT_BUS_PRODUCER_CONFIG or"
                    + " --key-field gives for the event type."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.BROKER_HELP, ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon replay -t user-login -g audit --from 2024-01-02T03:04:05Z --dry-run",
            "  carillon replay -t user-login -g audit --id 78bf1f76-8f1f-11ee-9a2b-0242ac130005",
            "  carillon replay -t learning-certificate-lifecycle -g badges --key course-v1:edX+DemoX+2026 \\",
            "    --key-field org.openedx.learning.certificate.created.v1=certificate.course.course_key"
        })
final class ReplayCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private GroupOptions group = new GroupOptions();

    @Option(
            names = "--from",
            paramLabel = "earliest|ID|TIME",
            converter = SharedOptions.StartPosition.class,
            description =
                    "Where to start: with the oldest event, after a position (an entry id on Redis; on Kafka PARTITION:OFFSET,"
                            + " which selects all of the other partitions), or at an ISO 8601 time. Default: earliest.")
    private @Nullable StartAt from;

    @Option(
            names = "--id",
            paramLabel = "EVENT_ID",
            converter = SharedOptions.NotBlank.class,
            description = "The event with this id. May be given several times.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "EVENT_TYPE",
            converter = SharedOptions.NotBlank.class,
            description = "Events of this type. May be given several times.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            converter = SharedOptions.NotBlank.class,
            description = "Events with this key. May be given several times.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--key-field",
            paramLabel = "EVENT_TYPE=PATH",
            description = "The key field of an event type, if the settings do not have it.")
    private Map<String, String> keyFields = new HashMap<>();

    @Option(names = "--dry-run", description = "Count the events without replaying them.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Replay all events, if none are selected.")
    private boolean yes;

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long events = group.withBus(console, bus -> {
            StartAt start = from == null ? StartAt.earliest() : from;
            group.requireExisting(bus, start); // nobody would read the retry topic of another group
            if (!hasSelection() && !yes && !dryRun) {
                throw CommandException.usage("This would replay all events of topic " + group.topic() + " to group "
                        + group.group()
                        + "; nothing was replayed. Add --yes to replay them, or select events with --from,"
                        + " --id, --type or --key. --dry-run counts them.");
            }
            Replay replay = bus.replay(group.topic(), group.group(), keyFields)
                    .from(start)
                    .ids(Set.copyOf(ids))
                    .types(Set.copyOf(types))
                    .keys(Set.copyOf(keys));
            return dryRun ? replay.count() : replay.run();
        });
        console.escapedLine((events == 1 ? "1 event" : events + " events") + " of topic " + group.topic()
                + (dryRun ? " would be replayed to group " : " replayed to group ") + group.group());
        return ExitCode.SUCCESS;
    }

    private boolean hasSelection() {
        return from != null || !ids.isEmpty() || !types.isEmpty() || !keys.isEmpty();
    }
}
