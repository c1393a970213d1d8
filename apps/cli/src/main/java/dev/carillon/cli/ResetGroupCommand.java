package dev.carillon.cli;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.StartAt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon reset-group}. */
@Command(
        name = "reset-group",
        header = "Move a consumer group to another position in a topic.",
        description = {
            "",
            "Shows what the move would do: how many events are delivered again, and how many are skipped. With --yes it moves the"
                    + " group. Pending events of the group count as acknowledged then. Dead letters stay.",
            "",
            "A group is not moved while it has active consumers: stop them first. On Redis a consumer counts as active for 65"
                    + " seconds after its last sign of life. --force moves the group anyway; its consumers finish the events"
                    + " that they have begun and continue from the new position. On Kafka, --force removes them from the"
                    + " group, and they join again."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:The group was moved or, without --yes, could be moved",
            "1:The group was not moved: it has active consumers, or the broker is unavailable or refused",
            ExitCode.SETTINGS_HELP
        },
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon reset-group -t learning-certificate-lifecycle -g badges --to earliest",
            "  carillon reset-group -t learning-certificate-lifecycle -g badges --to 2024-01-02T03:04:05Z --yes",
            "  carillon reset-group -t user-login -g audit --to 1679676448892-0 --yes"
        })
final class ResetGroupCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private GroupOptions group = new GroupOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "earliest|latest|ID|TIME",
            converter = SharedOptions.StartPosition.class,
            description =
                    "The new position: before the oldest event, after the newest, after a position (an entry id on Redis; on"
                            + " Kafka PARTITION:OFFSET, which does not move other partitions), or at an ISO 8601 time.")
    private StartAt to = StartAt.latest();

    @Option(names = "--yes", description = "Move the group. Without this option, nothing is changed.")
    private boolean yes;

    @Option(names = "--force", description = "Move the group even though it has active consumers.")
    private boolean force;

    ResetGroupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return group.withBus(console, bus -> {
            try (BusAdmin admin = bus.admin()) {
                return move(admin);
            }
        });
    }

    private int move(BusAdmin admin) {
        GroupMove plan = admin.plan(group.topic(), group.group(), to);
        if (yes) {
            try {
                admin.move(group.topic(), group.group(), to, force);
            } catch (IllegalStateException e) { // the group has active consumers
                throw CommandException.failed(String.valueOf(e.getMessage()), e);
            }
        }
        console.escapedLine("Group " + group.group() + " of topic " + group.topic() + (yes ? " was at " : " is at ")
                + plan.from() + (yes ? " and was moved to " : " and would be moved to ") + plan.to());
        console.line("  " + count(plan.redelivered(), " to be delivered again"));
        console.line("  " + count(plan.skipped(), " to be skipped"));
        if (plan.pending() > 0) {
            console.line("  " + (plan.pending() == 1 ? "1 pending event" : plan.pending() + " pending events")
                    + " to be marked as acknowledged");
        }
        if (!yes) {
            if (!plan.members().isEmpty()) {
                console.escapedLine("  active consumers, which prevent the move: " + String.join(", ", plan.members()));
            }
            console.line("Nothing was moved. Add --yes to move the group.");
        }
        return ExitCode.SUCCESS;
    }

    private static String count(OptionalLong number, String what) {
        if (number.isEmpty()) {
            return "unknown number of events" + what;
        }
        return (number.getAsLong() == 1 ? "1 event" : number.getAsLong() + " events") + what;
    }
}
