package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.interceptor.EventInterceptor;
import dev.carillon.bus.internal.Interceptors;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.Events;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a bus that is about to be opened; made by {@link EventBus#builder}.
 *
 * <pre>{@code
 * EventBus bus = EventBus.builder(Settings.load(), events).outbox(JdbcOutbox.over(dataSource)).open();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class EventBusBuilder {

    private final Settings settings;
    private final Events events;
    private @Nullable TransportProvider transport;
    private @Nullable Outbox outbox;
    private boolean publishing = true;
    private final List<EventInterceptor> interceptors = new ArrayList<>();

    EventBusBuilder(Settings settings, Events events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * Uses this transport, such as {@code dev.carillon.bus.memory.MemoryBroker} in tests, whichever the settings choose. They apply
     * to everything else.
     */
    public EventBusBuilder transport(TransportProvider provider) {
        transport = provider;
        return this;
    }

    /**
     * Events for topics with the mode {@code outbox} go to this outbox instead of the broker. An event that the outbox does not
     * accept is a failure of the event's receiver: send fail-fast when the transaction must not commit without the event.
     */
    public EventBusBuilder outbox(Outbox events) {
        outbox = events;
        return this;
    }

    /**
     * Does not publish what {@code EVENT_BUS_PRODUCER_CONFIG} enables: for a program that only consumes or administers, with the
     * settings of a service, and for a second bus of the same {@link Events}.
     */
    public EventBusBuilder withoutPublishing() {
        publishing = false;
        return this;
    }

    /** Adds interceptors, behind those that were given before. */
    public EventBusBuilder intercept(EventInterceptor... added) {
        interceptors.addAll(List.of(added));
        return this;
    }

    /**
     * Opens the bus, and begins to publish.
     *
     * @throws SettingsException with all problems of the settings, or when they require an outbox and none is given
     * @throws IllegalStateException when another bus with the same events publishes one of the event types
     */
    public EventBus open() {
        TransportProvider given = transport;
        EventCodecs codecs = new EventCodecs();
        BusSettings read = given == null
                ? BusSettings.read(settings, events, codecs, TransportProvider.discovered())
                : BusSettings.read(
                        settings.with(BusSettings.PRODUCER, given.name()).with(BusSettings.CONSUMER, given.name()),
                        events,
                        codecs,
                        List.of(given));
        return new EventBus(events, codecs, read, publishing, outbox, new Interceptors(interceptors));
    }
}
