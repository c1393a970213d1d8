package dev.carillon.rig.role;

import dev.carillon.events.Event;
import dev.carillon.events.Receiver;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down each call, then lets the real receiver work. While that fails, because its database is away, it is called again
 * until it succeeds or its thread is interrupted: an event whose effect failed must not be acknowledged.
 */
final class RecordedReceiver implements Receiver<Step> {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedReceiver.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Appender deliveries;
    private final Receiver<Step> receiver;

    RecordedReceiver(Appender deliveries, Receiver<Step> receiver) {
        this.deliveries = deliveries;
        this.receiver = receiver;
    }

    @Override
    public void receive(Event<Step> event) throws Exception {
        Step step = event.data();
        deliveries.append(event.metadata().id() + " " + step.counter() + " " + step.number());
        while (true) {
            try {
                receiver.receive(event);
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                LOG.warn("The effect of {} #{} failed: {}", step.counter(), step.number(), e.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("told to end before the effect was there");
            }
        }
    }
}
