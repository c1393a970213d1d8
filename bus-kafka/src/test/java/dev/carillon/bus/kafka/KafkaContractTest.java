package dev.carillon.bus.kafka;

import dev.carillon.bus.Settings;
import dev.carillon.bus.spi.TransportProvider;
import dev.carillon.testkit.contract.Traits;
import dev.carillon.testkit.contract.TransportContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What every transport promises. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaContractTest extends TransportContract {

    private KafkaBench bench;

    @BeforeAll
    void startKafka() {
        bench = new KafkaBench();
    }

    @AfterAll
    void stopKafka() {
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
