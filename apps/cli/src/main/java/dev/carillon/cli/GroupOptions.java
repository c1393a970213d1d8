package dev.carillon.cli;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.transport.StartAt;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin for commands about one group of one topic. Includes {@link BusOptions}. */
final class GroupOptions {

    @Option(
            names = {"-t", "--topic"},
            required = true,
            paramLabel = "TOPIC",
            converter = SharedOptions.NotBlank.class,
            description = "The topic, without the prefix of the settings.")
    private String topic = "";

    @Option(
            names = {"-g", "--group_id", "--group-id"},
            required = true,
            paramLabel = "GROUP",
            converter = SharedOptions.NotBlank.class,
            description = "The consumer group.")
    private String group = "";

    @Mixin
    private BusOptions busOptions = new BusOptions();

    String topic() {
        return topic;
    }

    String group() {
        return group;
    }

    /** As {@link BusOptions#withBus}. */
    <R> R withBus(Console console, Function<EventBus, R> action) {
        return busOptions.withBus(console, action);
    }

    /**
     * Checks that topic and group exist and that the broker has such a position.
     *
     * @throws IllegalArgumentException when they do not, with the nearest names that exist
     */
    void requireExisting(EventBus bus, StartAt position) {
        try (BusAdmin admin = bus.admin()) {
            admin.plan(topic, group, position);
        }
    }

    /** As in "group badges of topic user-login". */
    @Override
    public String toString() {
        return "group " + group + " of topic " + topic;
    }
}
