package dev.carillon.rig.service;

import dev.carillon.events.Event;
import java.util.concurrent.ThreadLocalRandom;

/** Records the calls of receivers. Sometimes fails instead, so that there is something to retry. */
final class DeliveryRecorder {

    private static final int FAILURE_PERCENT = 2;

    private final Appender deliveries;

    DeliveryRecorder(Appender deliveries) {
        this.deliveries = deliveries;
    }

    void record(ReceiverName listener, Event<Step> event) {
        Step step = event.data();
        if (ThreadLocalRandom.current().nextInt(100) < FAILURE_PERCENT) {
            throw new IllegalStateException(step.counter() + " #" + step.number() + " fails at random");
        }
        deliveries.append(listener + " " + event.metadata().id() + " " + step.counter() + " " + step.number());
    }
}
