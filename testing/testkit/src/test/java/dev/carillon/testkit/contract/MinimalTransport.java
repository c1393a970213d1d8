package dev.carillon.testkit.contract;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The in-memory transport without message store and administration: the least that a transport can have. */
final class MinimalTransport implements TransportProvider {

    private final MemoryBroker broker = new MemoryBroker(1);

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public List<String> aliases() {
        return broker.aliases();
    }

    @Override
    public String settingsPrefix() {
        return broker.settingsPrefix();
    }

    @Override
    public boolean isConfigured(Settings settings) {
        return broker.isConfigured(settings);
    }

    @Override
    public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
        Supplier<Transport> memory = broker.prepare(settings, service);
        return () -> new Minimal(memory.get());
    }

    private record Minimal(Transport memory) implements Transport {

        @Override
        public HeaderNames headerNames() {
            return memory.headerNames();
        }

        @Override
        public boolean carriesKeys() {
            return memory.carriesKeys();
        }

        @Override
        public Position position(String text) {
            return memory.position(text);
        }

        @Override
        public MessageSink sink() {
            return memory.sink();
        }

        @Override
        public MessageSource source(SourceSpec spec, SourceListener listener) {
            return memory.source(spec, listener);
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
