package dev.carillon.bus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what failed and where it stands, so that it can be found and sent again. */
final class LogAndAcknowledge implements FailurePolicy {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    @Override
    public void receiverFailed(FailedDelivery failed) {
        LOG.error(
                "Receiver {} failed on event {} ({}) from {}, group {}; the event is acknowledged: {}",
                failed.receiverName(),
                failed.metadata().id(),
                failed.metadata().eventType(),
                failed.message(),
                failed.group(),
                failed.cause().toString());
    }

    @Override
    public void unusable(UnusableMessage unusable) {
        LOG.error(
                "Message {}, group {}, is unusable and is acknowledged: {}",
                unusable.message(),
                unusable.group(),
                unusable.problem());
    }
}
