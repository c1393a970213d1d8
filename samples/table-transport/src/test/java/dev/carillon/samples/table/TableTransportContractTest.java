package dev.carillon.samples.table;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.testkit.contract.CoreContract;
import dev.carillon.testkit.contract.TransportTraits;
import java.util.Map;

// snippet: table-contract
/** The contract of all transports without message store and administration. */
class TableTransportContractTest extends CoreContract {

    @Override
    protected TransportProvider transport() {
        return new TableTransportProvider();
    }

    @Override
    protected Settings settings() {
        return Settings.of(Map.of(TableTransportProvider.URL, "jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1"));
    }

    @Override
    protected TransportTraits traits() {
        return TransportTraits.standard().withSingleReader().withLargestMessage(TableSink.MAX_BYTES);
    }
}
// end
