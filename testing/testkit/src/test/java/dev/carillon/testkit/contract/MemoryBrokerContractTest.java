package dev.carillon.testkit.contract;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.TransportProvider;
import java.util.Map;

/** The in-memory broker with one partition a topic. */
class MemoryBrokerContractTest extends TransportContract {

    private final MemoryBroker broker = new MemoryBroker(1);

    @Override
    protected TransportProvider transport() {
        return broker;
    }

    @Override
    protected Settings settings() {
        return Settings.of(Map.of());
    }

    @Override
    protected TransportTraits traits() {
        return TransportTraits.standard().withSingleReader();
    }
}
