package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carillon topics}. */
@Command(
        name = "topics",
        header = "Show the topics: how many events they contain, who consumes them, and which event types are in them.",
        description = {
            "",
            "The event types are those of the oldest events of each topic, as many as --sample says, each with its number. \"-\" means"
                    + " none, and \"?\" that this user may not read the topic or that messages have no event type. Nothing is"
                    + " acknowledged, and no group moves.",
            "",
            "The topics that belong to a group, <topic>-<group>-dlq and <topic>-<group>-retry, are shown as well."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.SUCCESS_HELP, ExitCode.BROKER_HELP, ExitCode.SETTINGS_HELP},
        footer = {
            "",
            "Examples:",
            "  export EVENT_BUS_REDIS_CONNECTION_URL=redis://localhost:6379/0",
            "  carillon topics",
            "  carillon topics --sample 0",
            "  carillon topics --json | jq 'select(.groups == [])'"
        })
final class TopicsCommand implements Callable<Integer> {

    private static final String NOTHING = "-";
    private static final String UNKNOWN = "?";

    private final Console console;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "How many events of each topic are read for their types. 0 reads none. Default: 1000.")
    private int sample = 1000;

    @Mixin
    private SharedOptions.JsonOutput json = new SharedOptions.JsonOutput();

    @Mixin
    private BusOptions busOptions = new BusOptions();

    /**
     * One line of the output.
     *
     * @param types the number of events of each type; null when the topic cannot be read
     */
    private record Row(
            String topic,
            long events,
            List<String> groups,
            @Nullable SortedMap<String, Long> types) {}

    TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (sample < 0) {
            throw CommandException.usage("--sample must be at least 0, but is " + sample);
        }
        List<Row> rows = busOptions.withBus(console, bus -> {
            try (BusAdmin admin = bus.admin()) {
                return rows(admin);
            }
        });
        if (json.isWanted()) {
            rows.forEach(row -> console.json(toJson(row)));
        } else if (rows.isEmpty()) {
            console.message("there are no topics yet");
        } else {
            Table table = new Table(1).row("TOPIC", "EVENTS", "GROUPS", "EVENT TYPES");
            rows.forEach(row -> table.row(
                    row.topic(), Long.toString(row.events()), orNothing(String.join(", ", row.groups())), types(row)));
            console.table(table);
        }
        return ExitCode.SUCCESS;
    }

    private List<Row> rows(BusAdmin admin) {
        List<String> topics = admin.topics();
        List<GroupState> states = admin.groups(topics);
        List<Row> rows = new ArrayList<>();
        for (String topic : topics) {
            List<String> groups = states.stream()
                    .filter(state -> state.topic().equals(topic))
                    .map(GroupState::group)
                    .sorted()
                    .toList();
            rows.add(new Row(topic, admin.length(topic), groups, types(admin, topic)));
        }
        return rows;
    }

    private @Nullable SortedMap<String, Long> types(BusAdmin admin, String topic) {
        try {
            return admin.eventTypes(topic, sample);
        } catch (TransportException e) {
            return null;
        }
    }

    private static String types(Row row) {
        return row.types() == null
                ? UNKNOWN
                : orNothing(row.types().entrySet().stream()
                        .map(type -> (type.getKey().isEmpty() ? UNKNOWN : type.getKey()) + " (" + type.getValue() + ")")
                        .collect(Collectors.joining(", ")));
    }

    private static String orNothing(String text) {
        return text.isEmpty() ? NOTHING : text;
    }

    private static ObjectNode toJson(Row row) {
        return Json.object()
                .put("topic", row.topic())
                .put("events", row.events())
                .<ObjectNode>set("groups", Json.of(row.groups()))
                .set("event_types", row.types() == null ? null : Json.of(row.types()));
    }
}
