package dev.carillon.conventions.snippets;

// snippet: first-service
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Events;

public final class Badges {

    public static void main(String[] args) {
        Events events = Events.create("badges");
        events.connect(
                LearningSignals.CERTIFICATE_CREATED,
                "award",
                event -> System.out.println(
                        "A badge for " + event.data().course().courseKey()));
        try (EventBus bus = EventBus.open(Settings.load(), events)) {
            bus.consumer("learning-certificate-lifecycle", "badges").runUntilShutdown();
        }
    }

    private Badges() {}
}
// end
