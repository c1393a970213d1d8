package dev.carillon.cli;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.StartAt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One group of one topic, and where the settings are that lead to it. */
final class GroupOption {

    @Option(
            names = {"-t", "--topic"},
            required = true,
            paramLabel = "TOPIC",
            converter = NotBlank.class,
            description = "The topic, without the prefix of the settings.")
    private String topic = "";

    @Option(
            names = {"-g", "--group_id", "--group-id"},
            required = true,
            paramLabel = "GROUP",
            converter = NotBlank.class,
            description = "The consumer group.")
    private String group = "";

    @Mixin
    private SettingsOption settingsOption = new SettingsOption();

    String topic() {
        return topic;
    }

    String group() {
        return group;
    }

    /** The caller closes it. Throws {@link dev.carillon.bus.config.SettingsException} when the settings are wrong. */
    EventBus open(Caller caller) {
        Settings settings = settingsOption.load(caller.variables());
        return EventBus.open(settings, SettingsOption.events(settings));
    }

    /**
     * As where a group is moved.
     *
     * @throws UsageException when topic or group do not exist, with the nearest names that do, or there is no such position
     */
    void require(EventBus bus, StartAt position) {
        try (BusAdmin admin = bus.admin()) {
            admin.plan(topic, group, position);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    /** As in "group badges of topic user-login". */
    @Override
    public String toString() {
        return "group " + group + " of topic " + topic;
    }
}
