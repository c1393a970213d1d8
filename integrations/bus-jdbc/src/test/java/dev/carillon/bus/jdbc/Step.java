package dev.carillon.bus.jdbc;

import dev.carillon.events.Signal;

/** What the events of these tests tell. */
record Step(String learner, String text) {

    static final Signal<Step> TAKEN = Signal.of("org.example.learning.step.taken.v1", "step", Step.class);
}
