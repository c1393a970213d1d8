package dev.carillon.rig.role;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;

/**
 * A counter went one step on.
 *
 * @param counter which counter; the key of the event
 * @param number where it stands now
 * @param load what makes some events large
 */
record Step(String counter, long number, String load) {

    static final Signal<Step> TAKEN = Signal.of("org.carillon.rig.counter.step.taken.v1", "step", Step.class);

    /** Where it is published. */
    static final String PRODUCER_CONFIG =
            "{\"%s\": {\"%s\": {\"event_key_field\": \"step.counter\", \"enabled\": true, \"mode\": \"outbox\"}}}"
                    .formatted(TAKEN.eventType(), Roles.TOPIC);

    /** A service that knows of steps. */
    static Events events(String service) {
        return Events.builder().serviceName(service).signals(Signals.of(TAKEN)).build();
    }
}
