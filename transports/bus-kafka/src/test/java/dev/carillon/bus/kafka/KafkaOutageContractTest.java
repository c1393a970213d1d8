package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.testkit.contract.BrokerOutageContract;
import dev.carillon.testkit.contract.BrokerProcess;
import dev.carillon.testkit.contract.TransportTraits;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract about broker outages, on Kafka. */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaOutageContractTest extends BrokerOutageContract {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.withOwnBroker();

    @BeforeEach
    void startKafkaAgain() {
        if (!bench.kafka().isRunning()) {
            bench.kafka().restart();
        }
    }

    @Override
    protected TransportProvider transport() {
        return new KafkaTransportProvider();
    }

    @Override
    protected Settings settings() {
        return bench.settings(Map.of(
                "request.timeout.ms", 2_000,
                "delivery.timeout.ms", 5_000,
                "max.block.ms", 1_000,
                "default.api.timeout.ms", 1_000));
    }

    @Override
    protected BrokerProcess broker() {
        return BrokerProcess.of(bench.kafka());
    }

    @Override
    protected TransportTraits traits() {
        return TransportTraits.standard().withPartitions();
    }
}
