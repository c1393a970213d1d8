package dev.carillon.bus.jdbc;

import dev.carillon.events.Signal;

/** The data of the events of these tests. */
record Step(String learner, String text) {

    static final Signal<Step> TAKEN = Signal.of("org.example.learning.step.taken.v1", "step", Step.class);
}
