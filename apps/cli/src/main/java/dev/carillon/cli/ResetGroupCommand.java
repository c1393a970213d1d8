package dev.carillon.cli;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
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
        header = "Move a consumer group to another place in a topic.",
        description = {
            "",
            "Says what the move would do: how many events come again, and how many are passed over. With --yes it moves the"
                    + " group. What the group was given before and has not acknowledged counts as acknowledged then. Dead"
                    + " letters stay.",
            "",
            "A group is not moved while its consumers are active: stop them first. On Redis nobody tells when a consumer ends:"
                    + " it counts as active until it has given no sign for 65 seconds. --force moves the group"
                    + " nevertheless; consumers go on from the new place, but end the work that they have begun. On Kafka they"
                    + " are put out of the group for that, and join it again."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:The group was moved, or, without --yes, could be",
            "1:It was not moved: it has active consumers, or the broker is away or refuses",
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

    private final Caller caller;

    @Mixin
    private GroupOption groupOption = new GroupOption();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "earliest|latest|ID|TIME",
            converter = StartOption.class,
            description =
                    "Where the group shall stand: before the oldest event, behind the newest, behind a position (an entry"
                            + " id on Redis; on Kafka PARTITION:OFFSET, which leaves other partitions alone), or at an ISO 8601 time.")
    private StartAt to = StartAt.latest();

    @Option(names = "--yes", description = "Move it. Without this, only what would happen is said.")
    private boolean yes;

    @Option(names = "--force", description = "Move it although consumers are active.")
    private boolean force;

    ResetGroupCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        try (EventBus bus = groupOption.open(caller);
                BusAdmin admin = bus.admin()) {
            return move(admin);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        } catch (IllegalStateException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private int move(BusAdmin admin) {
        String topic = groupOption.topic();
        String group = groupOption.group();
        GroupMove plan = admin.plan(topic, group, to);
        if (yes) {
            admin.move(topic, group, to, force);
        }
        Output output = new Output(caller.out());
        output.plain("Group " + group + " of topic " + topic + (yes ? " stood at " : " stands at ") + plan.from()
                + (yes ? " and was moved to " : " and would be moved to ") + plan.to());
        output.plain("  " + count(plan.again(), "come again", "comes again"));
        output.plain("  " + count(plan.passedOver(), "are passed over", "is passed over"));
        if (plan.pending() > 0) {
            output.plain(
                    "  " + count(OptionalLong.of(plan.pending()), "were pending and count", "was pending and counts")
                            + " as acknowledged");
        }
        if (!yes) {
            if (!plan.members().isEmpty()) {
                output.plain(
                        "  active consumers, which keep it from being moved: " + String.join(", ", plan.members()));
            }
            output.plain("Nothing was moved yet: --yes moves it");
        }
        output.flush();
        return ExitCode.FINE;
    }

    private static String count(OptionalLong number, String theyDo, String itDoes) {
        if (number.isEmpty()) {
            return "how many events " + theyDo + " cannot be told";
        }
        return number.getAsLong() == 1 ? "1 event " + itDoes : number.getAsLong() + " events " + theyDo;
    }
}
