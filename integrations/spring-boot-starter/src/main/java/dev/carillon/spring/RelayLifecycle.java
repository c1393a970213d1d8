package dev.carillon.spring;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.jdbc.OutboxRelay;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Publishes the events of the outbox while the application runs, if it publishes any. Stops after the consumers and before the bus. */
final class RelayLifecycle implements SmartLifecycle {

    private final EventBus bus;
    private final DataSource dataSource;
    private final Consumer<OutboxRelay> created;
    private @Nullable OutboxRelay relay;

    RelayLifecycle(EventBus bus, DataSource dataSource, Consumer<OutboxRelay> created) {
        this.bus = bus;
        this.dataSource = dataSource;
        this.created = created;
    }

    @Override
    public synchronized void start() {
        if (relay == null && !bus.publishedEventTypes().isEmpty()) {
            OutboxRelay started = OutboxRelay.of(dataSource, bus.producer());
            created.accept(started);
            relay = started.start();
        }
    }

    @Override
    public synchronized void stop() {
        OutboxRelay started = relay;
        if (started != null) {
            started.close();
            relay = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return relay != null;
    }

    synchronized Optional<OutboxRelay> relay() {
        return Optional.ofNullable(relay);
    }

    @Override
    public int getPhase() {
        return EventConsumers.PHASE - 1024;
    }
}
