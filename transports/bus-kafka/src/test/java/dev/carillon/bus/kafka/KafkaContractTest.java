package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.testkit.contract.TransportContract;
import dev.carillon.testkit.contract.TransportTraits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The transport contract, on Kafka. */
class KafkaContractTest extends TransportContract {

    private static KafkaBench bench;

    @BeforeAll
    static void startKafka() {
        bench = KafkaBench.shared();
    }

    @AfterAll
    static void stopKafka() {
        bench.close();
    }

    @Override
    protected TransportProvider transport() {
        return new KafkaTransportProvider();
    }

    @Override
    protected Settings settings() {
        return bench.settings();
    }

    @Override
    protected TransportTraits traits() {
        return TransportTraits.standard()
                .withPartitions()
                .withForcedMoves()
                .withLargestMessage(1_048_576); // max.request.size
    }
}
