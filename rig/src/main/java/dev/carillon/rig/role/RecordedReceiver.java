package dev.carillon.rig.role;

import dev.carillon.events.Event;
import dev.carillon.events.Receiver;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fails now and then, before it has done anything, so that there is something to retry. Else it writes down the call, then lets
 * the real receiver work.
 */
final class RecordedReceiver implements Receiver<Step> {

    private static final int FAILING_PERCENT = 2;

    private final Appender deliveries;
    private final Receiver<Step> receiver;

    RecordedReceiver(Appender deliveries, Receiver<Step> receiver) {
        this.deliveries = deliveries;
        this.receiver = receiver;
    }

    @Override
    public void receive(Event<Step> event) throws Exception {
        Step step = event.data();
        if (ThreadLocalRandom.current().nextInt(100) < FAILING_PERCENT) {
            throw new IllegalStateException(step.counter() + " #" + step.number() + " fails by chance");
        }
        deliveries.append(event.metadata().id() + " " + step.counter() + " " + step.number());
        receiver.receive(event);
    }
}
