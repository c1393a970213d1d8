package dev.carillon.cli;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.events.internal.NearestNames;
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
import picocli.CommandLine.Option;

/** {@code carillon groups}. */
@Command(
        name = "groups",
        header = "Show how far the consumer groups of topics are.",
        description = {
            "",
            "Lag is how many events a group has not been given yet, oldest how many seconds ago the broker got the oldest"
                    + " event that the group has not finished. Pending are events that were given and not acknowledged;"
                    + " dead letters those that the group could not handle.",
            "",
            "\"-\" is nothing, and \"?\" what the broker cannot tell. Kafka does not know what it gave: there, what is pending"
                    + " is among the lag. Redis does not count a lag of more than 10000 events in a stream where"
                    + " entries were deleted. A consumer counts on Redis until it has given no sign for 65 seconds; on Kafka"
                    + " when it has a part of the topic."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.FINE_HELP, "1:The broker is away, or refuses", ExitCode.SETTINGS_HELP},
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

    private final Caller caller;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description =
                    "A topic to show, without the prefix of the settings. May be given several times. Default: all.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = {"-g", "--group_id", "--group-id"},
            paramLabel = "GROUP",
            description = "Show this group only.")
    private @Nullable String group;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private SettingsOption settingsOption = new SettingsOption();

    /**
     * One line of the answer.
     *
     * @param state null: the topic has no group
     */
    private record Row(String topic, long events, @Nullable GroupState state, OptionalLong deadLetters) {}

    GroupsCommand(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        Settings settings = settingsOption.load(caller.variables());
        List<Row> rows;
        try (EventBus bus = EventBus.open(settings, SettingsOption.events(settings));
                BusAdmin admin = bus.admin()) {
            rows = rows(admin);
        }
        Output output = new Output(caller.out());
        if (json) {
            rows.forEach(row -> output.line(describe(row).toString()));
        } else if (!rows.isEmpty()) {
            table(rows, output);
        }
        output.flush();
        return ExitCode.FINE;
    }

    private List<Row> rows(BusAdmin admin) {
        Set<String> existing = new LinkedHashSet<>(admin.topics());
        for (String topic : topics) {
            if (!existing.contains(topic)) {
                throw new UsageException("There is no topic '" + topic + "'" + NearestNames.question(topic, existing));
            }
        }
        List<String> shown = topics.isEmpty() ? List.copyOf(existing) : topics;
        List<GroupState> states = admin.groups(shown);
        if (group != null && states.stream().noneMatch(state -> state.group().equals(group))) {
            throw new UsageException("There is no group '" + group + "' in "
                    + (topics.isEmpty() ? "any topic" : "topic " + String.join(", ", topics))
                    + NearestNames.question(
                            group, states.stream().map(GroupState::group).toList()));
        }
        if (shown.isEmpty()) {
            caller.tell("carillon: there are no topics yet");
        }
        return shown.stream()
                .flatMap(topic -> rows(topic, states, existing, admin).stream())
                .toList();
    }

    private List<Row> rows(String topic, List<GroupState> states, Set<String> existing, BusAdmin admin) {
        List<Row> rows = new ArrayList<>();
        boolean hasGroups = false;
        for (GroupState state : states) {
            if (state.topic().equals(topic)) {
                hasGroups = true;
                if (group == null || state.group().equals(group)) {
                    rows.add(new Row(topic, state.length(), state, deadLetters(state, existing, admin)));
                }
            }
        }
        if (!hasGroups && group == null && !GroupTopics.isForOneGroup(topic)) {
            rows.add(new Row(topic, admin.length(topic), null, OptionalLong.empty()));
        }
        return rows;
    }

    /** Asks only where there is something to be counted. */
    private static OptionalLong deadLetters(GroupState state, Set<String> existing, BusAdmin admin) {
        return existing.contains(GroupTopics.deadLetters(state.topic(), state.group()))
                ? admin.deadLetters(state.topic(), state.group())
                : OptionalLong.of(0);
    }

    private static JsonText describe(Row row) {
        GroupState state = row.state();
        JsonText json = new JsonText()
                .put("topic", row.topic())
                .put("events", row.events())
                .put("group", state == null ? null : state.group());
        return state == null
                ? json
                : json.put("consumers", state.members())
                        .put("lag", orNull(state.lag()))
                        .put("oldest_seconds", isFinished(state) ? null : seconds(state))
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

    /** Whether it is known that the group has nothing left to do. */
    private static boolean isFinished(GroupState state) {
        return state.oldest().isEmpty()
                && state.lag().equals(OptionalLong.of(0))
                && state.pending().orElse(0) == 0;
    }

    private void table(List<Row> rows, Output output) {
        Table table = new Table(2, "TOPIC", "GROUP", "CONSUMERS", "LAG", "OLDEST (S)", "PENDING", "DEAD LETTERS");
        boolean unknown = false;
        for (Row row : rows) {
            GroupState state = row.state();
            if (state == null) {
                table.row(row.topic(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
            } else {
                String lag = text(state.lag());
                String oldest = isFinished(state)
                        ? NOTHING
                        : state.oldest()
                                .map(age -> Long.toString(age.toSeconds()))
                                .orElse(UNKNOWN);
                String pending = text(state.pending());
                String letters = text(row.deadLetters());
                unknown |= List.of(lag, oldest, pending, letters).contains(UNKNOWN);
                table.row(
                        row.topic(),
                        state.group(),
                        Integer.toString(state.members().size()),
                        lag,
                        oldest,
                        pending,
                        letters);
            }
        }
        table.print(output, caller);
        output.flush();
        if (unknown) {
            caller.tell("carillon: ? is what this broker cannot tell; carillon groups --help says why");
        }
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : UNKNOWN;
    }
}
