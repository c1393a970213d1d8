package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.GroupTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code carillon groups}. */
@Command(
        name = "groups",
        header = "Show the lag of consumer groups.",
        description = {
            "",
            "Lag is the number of events that a group has not received yet. Oldest is the age in seconds of the oldest event that"
                    + " the group has not handled. Pending events were received but not acknowledged. Dead letters are"
                    + " events that the group could not handle. Without options, all topics and groups are shown.",
            "",
            "\"-\" means none, and \"?\" that the broker does not know. Kafka does not know which events are pending: they"
                    + " count as lag. Redis does not count a lag of more than 10000 events in a stream from which entries"
                    + " were deleted. On Redis a consumer is counted for 65 seconds after its last sign of life; on Kafka"
                    + " while it has partitions of the topic."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.BROKER_HELP, ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon groups",
            "  carillon groups -t learning-certificate-lifecycle",
            "  carillon groups -g badges --json | jq 'select(.oldest_seconds > 60)'"
        })
final class GroupsCommand implements Callable<Integer> {

    private static final String NOTHING = "-";
    private static final String UNKNOWN = "?";

    private final Console console;

    @Mixin
    private SharedOptions.TopicsAndGroup selection = new SharedOptions.TopicsAndGroup();

    @Mixin
    private SharedOptions.JsonOutput json = new SharedOptions.JsonOutput();

    @Mixin
    private BusOptions busOptions = new BusOptions();

    /**
     * One line of the output.
     *
     * @param state null when the topic has no group
     */
    private record Row(String topic, long events, @Nullable GroupState state, OptionalLong deadLetters) {}

    GroupsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        selection.requireEachTopicOnce();
        List<Row> rows = busOptions.withBus(console, bus -> {
            try (BusAdmin admin = bus.admin()) {
                return rows(admin);
            }
        });
        if (json.isWanted()) {
            rows.forEach(row -> console.json(toJson(row)));
        } else if (!rows.isEmpty()) {
            printTable(rows);
        }
        return ExitCode.SUCCESS;
    }

    private List<Row> rows(BusAdmin admin) {
        Set<String> existing = new LinkedHashSet<>(admin.topics());
        selection.requireTopicsAmong(existing);
        List<String> topics = selection.topics().isEmpty() ? List.copyOf(existing) : selection.topics();
        List<GroupState> states = admin.groups(topics);
        selection.requireGroupAmong(states);
        if (topics.isEmpty()) {
            console.message("there are no topics yet");
        }
        return topics.stream()
                .flatMap(topic -> rows(topic, states, existing, admin).stream())
                .toList();
    }

    private List<Row> rows(String topic, List<GroupState> states, Set<String> existing, BusAdmin admin) {
        List<Row> rows = new ArrayList<>();
        boolean hasGroups = false;
        for (GroupState state : states) {
            if (state.topic().equals(topic)) {
                hasGroups = true;
                if (selection.group().map(state.group()::equals).orElse(true)) {
                    rows.add(new Row(topic, state.length(), state, deadLetters(state, existing, admin)));
                }
            }
        }
        if (!hasGroups && selection.group().isEmpty() && !GroupTopics.isForOneGroup(topic)) {
            rows.add(new Row(topic, admin.length(topic), null, OptionalLong.empty()));
        }
        return rows;
    }

    /** Queries the broker only where the topic for dead letters exists. */
    private static OptionalLong deadLetters(GroupState state, Set<String> existing, BusAdmin admin) {
        return existing.contains(GroupTopics.deadLetters(state.topic(), state.group()))
                ? admin.deadLetters(state.topic(), state.group())
                : OptionalLong.of(0);
    }

    private static ObjectNode toJson(Row row) {
        GroupState state = row.state();
        ObjectNode json = Json.object()
                .put("topic", row.topic())
                .put("events", row.events())
                .put("group", state == null ? null : state.group());
        return state == null
                ? json
                : json.<ObjectNode>set("consumers", Json.of(state.members()))
                        .put("lag", orNull(state.lag()))
                        .put("oldest_seconds", isCaughtUp(state) ? null : seconds(state))
                        .put("pending", orNull(state.pending()))
                        .put("dead_letters", orNull(row.deadLetters()))
                        .put("position", state.position());
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
    }

    private static @Nullable Long seconds(GroupState state) {
        return state.oldest().map(Duration::toSeconds).orElse(null);
    }

    /** Whether the group is known to have handled every event. */
    private static boolean isCaughtUp(GroupState state) {
        return state.oldest().isEmpty()
                && state.lag().equals(OptionalLong.of(0))
                && state.pending().orElse(0) == 0;
    }

    private void printTable(List<Row> rows) {
        Table table = new Table(2, 3, 4, 5, 6)
                .row("TOPIC", "GROUP", "CONSUMERS", "LAG", "OLDEST (S)", "PENDING", "DEAD LETTERS");
        boolean hasUnknown = false;
        for (Row row : rows) {
            GroupState state = row.state();
            if (state == null) {
                table.row(row.topic(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
            } else {
                String lag = orUnknown(state.lag());
                String oldest = isCaughtUp(state)
                        ? NOTHING
                        : state.oldest()
                                .map(age -> Long.toString(age.toSeconds()))
                                .orElse(UNKNOWN);
                String pending = orUnknown(state.pending());
                String deadLetters = orUnknown(row.deadLetters());
                hasUnknown |= List.of(lag, oldest, pending, deadLetters).contains(UNKNOWN);
                table.row(
                        row.topic(),
                        state.group(),
                        Integer.toString(state.members().size()),
                        lag,
                        oldest,
                        pending,
                        deadLetters);
            }
        }
        console.table(table);
        if (hasUnknown) {
            console.message("? means that the broker does not know the value; see carillon groups --help");
        }
    }

    private static String orUnknown(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : UNKNOWN;
    }
}
