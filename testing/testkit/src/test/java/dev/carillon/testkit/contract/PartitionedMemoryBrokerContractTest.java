package dev.carillon.testkit.contract;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.TransportProvider;
import java.util.Map;

/** The in-memory broker with several partitions a topic, as Kafka has them. */
class PartitionedMemoryBrokerContractTest extends TransportContract {

    private final MemoryBroker broker = new MemoryBroker(4);

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
        return TransportTraits.standard().withPartitions();
    }
}
