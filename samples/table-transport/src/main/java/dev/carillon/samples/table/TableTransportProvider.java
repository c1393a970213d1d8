package dev.carillon.samples.table;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import java.util.Optional;
import java.util.function.Supplier;

/** Creates a {@link TableTransport} from settings. */
public final class TableTransportProvider implements TransportProvider {

    static final String URL = "EVENT_BUS_TABLE_JDBC_URL";

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String settingsPrefix() {
        return "EVENT_BUS_TABLE_";
    }

    @Override
    public boolean isConfigured(Settings settings) {
        return settings.value(URL).isPresent();
    }

    @Override
    public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
        String url = settings.requiredText(URL, "the JDBC URL of a database, such as jdbc:h2:tcp://localhost/~/events");
        return () -> new TableTransport(new Database(url));
    }
}
