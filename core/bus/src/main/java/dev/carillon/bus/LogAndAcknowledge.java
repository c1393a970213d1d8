package dev.carillon.bus;

import dev.carillon.events.internal.Shown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what failed and where it stands, so that it can be found and sent again. */
final class LogAndAcknowledge implements FailurePolicy {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    @Override
    public void receiverFailed(FailedDelivery failed) {
        LOG.error(
                "Receiver {} failed on event {} ({}) from {}, group {}; the event is acknowledged: {}",
                Shown.text(failed.receiverName(), 300),
                failed.metadata().id(),
                failed.metadata().eventType(),
                failed.message(),
                failed.group(),
                failed.cause().getClass().getName()); // what it says stands in the log of the receiver, scrubbed
    }

    @Override
    public void unusable(UndecodableMessage unusable) {
        LOG.error(
                "Message {}, group {}, is unusable and is acknowledged: {}",
                unusable.message(),
                unusable.group(),
                Shown.text(unusable.problem(), 1_000));
    }
}
