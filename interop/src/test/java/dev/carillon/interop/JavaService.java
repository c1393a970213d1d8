package dev.carillon.interop;

import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.EventsBuilder;
import dev.carillon.events.Signal;
import dev.carillon.opentelemetry.EventTracing;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A Java service on the bus, with the events that its receivers got. */
final class JavaService implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Events events;
    private final EventBus bus;
    private final List<Event<?>> received = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();

    private JavaService(Events events, EventBus bus) {
        this.events = events;
        this.bus = bus;
    }

    /** Starts a service that publishes the events enabled in {@code EVENT_BUS_PRODUCER_CONFIG}. */
    static JavaService start(Map<String, ?> values) {
        Settings settings = Settings.of(values);
        Events events = events(settings);
        return new JavaService(events, EventBus.open(settings, events));
    }

    /** Starts a service that sends the trace context with each event. */
    static JavaService tracing(Map<String, ?> values) {
        Settings settings = Settings.of(values);
        Events events = events(settings);
        OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        return new JavaService(
                events,
                EventBus.builder(settings, events)
                        .intercept(EventTracing.of(telemetry))
                        .open());
    }

    /** The events of a service with these settings. */
    static Events events(Settings settings) {
        EventsBuilder builder = Events.builder();
        settings.serviceName().ifPresent(builder::serviceName);
        return builder.build();
    }

    Events events() {
        return events;
    }

    /** Records all events of these signals. */
    JavaService receiving(List<Signal<?>> signals) {
        signals.forEach(signal -> events.connect(signal, received::add));
        return this;
    }

    /** The events received so far. */
    List<Event<?>> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** Starts a consumer. */
    EventConsumer consume(String topic, String group, ConsumerOptions options) {
        EventConsumer consumer = bus.consumer(List.of(topic), group, options);
        running.add(threads.submit(consumer::run));
        return consumer;
    }

    /** Waits until this number of events was received; returns all received events. */
    List<Event<?>> awaitReceived(int count) {
        await("%d events in Java".formatted(count)).atMost(TIMEOUT).until(() -> {
            for (Future<?> each : running) {
                if (each.isDone()) {
                    throw new AssertionError("The consumer ended: " + each.get());
                }
            }
            return received.size() >= count;
        });
        return received();
    }

    /** Publishes an event to a topic with its own metadata, waits until the broker has it, and returns its id. */
    <T> String publish(String topic, Event<T> event) {
        bus.producer()
                .send(event.signal(), topic, KeyFields.of(event.signal()), event.data(), event.metadata())
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        return event.metadata().id().toString();
    }

    /** Stops consuming, and waits for events in flight. */
    @Override
    public void close() {
        bus.close();
        threads.shutdownNow();
    }
}
