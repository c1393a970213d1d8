package dev.carillon.rig.service;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;

/**
 * The data of all events: a counter was incremented.
 *
 * @param counter the name of the counter, which is the key of the event
 * @param number its new value
 * @param padding makes some events large
 */
record Step(String counter, long number, String padding) {

    static final Signal<Step> TAKEN = Signal.of("org.carillon.rig.counter.step.taken.v1", "step", Step.class);

    /** The setting that publishes it to the topic, through the outbox. */
    static final String PRODUCER_CONFIG =
            "{\"%s\": {\"%s\": {\"event_key_field\": \"step.counter\", \"enabled\": true, \"mode\": \"outbox\"}}}"
                    .formatted(TAKEN.eventType(), RigNames.TOPIC);

    /** The events of a service with this signal. */
    static Events events(String service) {
        return Events.builder().serviceName(service).signals(Signals.of(TAKEN)).build();
    }
}
