package dev.carillon.cli;

import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.FailedDelivery;
import dev.carillon.bus.consumer.FailurePolicy.UndecodableMessage;

/** An event that could not be printed stays with the group, unacknowledged, and the consumer ends. */
final class PrintOrEnd implements FailurePolicy {

    private final FailurePolicy others = FailurePolicy.logAndAcknowledge();

    @Override
    public void receiverFailed(FailedDelivery failed) {
        if (failed.cause() instanceof OutputError end) {
            throw end;
        }
        others.receiverFailed(failed);
    }

    @Override
    public void undecodable(UndecodableMessage message) {
        others.undecodable(message);
    }
}
