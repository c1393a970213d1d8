package dev.carillon.testkit.contract;

import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.FailedDelivery;
import dev.carillon.bus.consumer.FailurePolicy.UndecodableMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what a consumer reports to its failure policy. */
final class RecordingFailurePolicy implements FailurePolicy.Callback {

    private final List<FailedDelivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<UndecodableMessage> undecodable = new CopyOnWriteArrayList<>();

    @Override
    public void receiverFailed(FailedDelivery failed) {
        deliveries.add(failed);
    }

    @Override
    public void undecodable(UndecodableMessage message) {
        undecodable.add(message);
    }

    List<FailedDelivery> deliveries() {
        return deliveries;
    }

    List<UndecodableMessage> undecodable() {
        return undecodable;
    }
}
