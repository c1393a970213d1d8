package dev.carillon.rig.role;

import dev.carillon.bus.DeadLetter;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.Settings;
import java.util.List;
import java.util.Map;

/** What the consumers gave up. */
public final class Letters {

    private Letters() {}

    /**
     * The dead letters of the group.
     *
     * @param settings what a service sets to use the broker
     */
    public static List<DeadLetter> of(Map<String, String> settings) {
        try (EventBus bus = EventBus.open(Settings.of(settings), Step.events("rig"))) {
            return bus.deadLetters(Roles.TOPIC, Roles.GROUP).list();
        }
    }
}
