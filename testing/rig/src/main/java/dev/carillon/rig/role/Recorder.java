package dev.carillon.rig.role;

import dev.carillon.events.Event;
import java.util.concurrent.ThreadLocalRandom;

/** Writes down that a receiver was called. Fails now and then before it has, so that there is something to retry. */
final class Recorder {

    private static final int FAILING_PERCENT = 2;

    private final Appender deliveries;

    Recorder(Appender deliveries) {
        this.deliveries = deliveries;
    }

    void record(Listener listener, Event<Step> event) {
        Step step = event.data();
        if (ThreadLocalRandom.current().nextInt(100) < FAILING_PERCENT) {
            throw new IllegalStateException(step.counter() + " #" + step.number() + " fails by chance");
        }
        deliveries.append(listener + " " + event.metadata().id() + " " + step.counter() + " " + step.number());
    }
}
