package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.deadletter.Replay;
import dev.carillon.bus.transport.StartAt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon replay}. */
@Command(
        name = "replay",
        header = "Bring events that a topic still holds to one consumer group once more.",
        description = {
            "",
            "They go to the topic <topic>-<group>-retry, which that group alone reads, beside what is new. The group stays where"
                    + " it is, and all its receivers get them. Several conditions must all be met.",
            "",
            "On Redis messages carry no key: there, the key is what stands at the key field that EVENT_BUS_PRODUCER_CONFIG"
                    + " gives for the event type, or --key-field."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, "1:The broker is away, or refuses", ExitCode.SETTINGS_HELP},
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

    private final Caller caller;

    @Mixin
    private GroupOption groupOption = new GroupOption();

    @Option(
            names = "--from",
            paramLabel = "earliest|ID|TIME",
            converter = StartOption.class,
            description =
                    "Where to begin: with the oldest event, behind a position (an entry id on Redis; on Kafka"
                            + " PARTITION:OFFSET, which leaves other partitions whole), or at an ISO 8601 time. Default: earliest.")
    private StartAt from = StartAt.earliest();

    @Option(
            names = "--id",
            paramLabel = "EVENT_ID",
            converter = NotBlank.class,
            description = "The event of this id. May be given several times.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "EVENT_TYPE",
            converter = NotBlank.class,
            description = "Events of this type. May be given several times.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            converter = NotBlank.class,
            description = "Events of this key. May be given several times.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--key-field",
            paramLabel = "EVENT_TYPE=PATH",
            description = "Where the key of an event type stands, where the settings do not tell.")
    private Map<String, String> keyFields = new HashMap<>();

    @Option(names = "--dry-run", description = "Say how many events would be replayed, and do nothing.")
    private boolean dryRun;

    ReplayCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        long events;
        try (EventBus bus = groupOption.open(caller)) {
            groupOption.require(bus, from); // what goes to its retry topic would be read by nobody
            Replay replay = bus.replay(groupOption.topic(), groupOption.group(), keyFields)
                    .from(from)
                    .ids(Set.copyOf(ids))
                    .types(Set.copyOf(types))
                    .keys(Set.copyOf(keys));
            events = dryRun ? replay.count() : replay.run();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        } catch (UnsupportedOperationException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
        Output output = new Output(caller.out());
        output.plain((events == 1 ? "1 event" : events + " events") + " of topic " + groupOption.topic()
                + (dryRun ? " would be replayed to group " : " replayed to group ") + groupOption.group());
        output.flush();
        return ExitCode.FINE;
    }
}
