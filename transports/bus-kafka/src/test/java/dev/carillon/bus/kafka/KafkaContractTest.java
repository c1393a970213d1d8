package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.testkit.contract.TransportContract;
import dev.carillon.testkit.contract.TransportTraits;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The transport contract, on Kafka. */
@Order(1)
class KafkaContractTest extends TransportContract {

    @RegisterExtension
    private static final KafkaBench BENCH = KafkaBench.shared();

    @Override
    protected TransportProvider transport() {
        return new KafkaTransportProvider();
    }

    @Override
    protected Settings settings() {
        return BENCH.settings();
    }

    @Override
    protected TransportTraits traits() {
        return TransportTraits.standard()
                .withPartitions()
                .withForcedMoves()
                .withLargestMessage(1_048_576); // max.request.size
    }
}
