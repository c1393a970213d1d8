package dev.carillon.bus.kafka;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;

/** The n-th step of a learner. */
record Step(String learner, long number) {

    static final Signal<Step> TAKEN = Signal.of("org.carillon.kafka.step.taken.v1", "step", Step.class);

    static final String KEY = "step.learner";

    /** A service with the signal {@link #TAKEN}. */
    static Events events(String service) {
        return Events.builder().serviceName(service).signals(Signals.of(TAKEN)).build();
    }
}
