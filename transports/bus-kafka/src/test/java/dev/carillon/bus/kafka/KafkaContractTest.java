package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.testkit.contract.Traits;
import dev.carillon.testkit.contract.TransportContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What every transport promises. */
class KafkaContractTest extends TransportContract {

    private static KafkaBench bench;

    @BeforeAll
    static void startKafka() {
        bench = new KafkaBench();
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
    protected Traits traits() {
        return Traits.ordinary().withPartitions();
    }
}
