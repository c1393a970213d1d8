package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;

import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A receiver that fails on certain steps until it is repaired. */
final class FailingReceiver {

    static final String ID = "failing-receiver";

    private final Set<Step> failsOn = ConcurrentHashMap.newKeySet();
    private final Service reader;

    /** Connects it to a service. */
    FailingReceiver(Service reader, Step... failsOn) {
        this.reader = reader;
        this.failsOn.addAll(List.of(failsOn));
        reader.events().connect(STEP, event -> receive(event.data()), ReceiverOptions.id(ID));
    }

    private void receive(Step step) {
        if (failsOn.contains(step)) {
            throw new IllegalStateException("failed on step " + step.number());
        }
    }

    /** From now on it fails on nothing. */
    void repair() {
        failsOn.clear();
    }

    /** The service that it is connected to. */
    Service reader() {
        return reader;
    }
}
