package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.STEP_KEY;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A service with its events, event bus and consumers. It plays one process. */
final class Service implements AutoCloseable {

    private final ContractFixture fixture;
    private final Events events;
    private final EventBus bus;
    private final List<RunningConsumer> consumers = new ArrayList<>();
    private final Map<String, Step> published = new ConcurrentHashMap<>();
    private @Nullable EventRecorder recorder;

    Service(ContractFixture fixture, Events events, Settings settings, TransportProvider transport) {
        this.fixture = fixture;
        this.events = events;
        this.bus = EventBus.open(settings, events, transport);
    }

    Events events() {
        return events;
    }

    EventBus bus() {
        return bus;
    }

    /** The recorder of this service. The first call chooses its signals; steps by default. */
    EventRecorder recorder(Signal<?>... signals) {
        EventRecorder started = recorder;
        if (started == null) {
            started = EventRecorder.of(events, signals.length == 0 ? new Signal<?>[] {STEP} : signals)
                    .timeout(fixture.timeout());
            recorder = started;
        }
        return started;
    }

    CompletableFuture<String> send(String topic, Step step) {
        EventMetadata metadata = events.newMetadata(STEP);
        published.put(metadata.id().toString(), step);
        return send(topic, STEP, STEP_KEY, step, metadata);
    }

    /** The steps that this service sent, by the id of their event. */
    Map<String, Step> published() {
        return published;
    }

    <T> CompletableFuture<String> send(
            String topic, Signal<T> signal, String keyField, T data, EventMetadata metadata) {
        return bus.producer().send(signal, topic, keyField, data, metadata);
    }

    /** Consumes the test's topic in its own thread until it is closed, and records steps. */
    RunningConsumer consume(String group, ConsumerOptions options) {
        return consume(List.of(fixture.topic()), group, options);
    }

    /** Consumes topics in its own thread until it is closed, and records steps. */
    RunningConsumer consume(List<String> topics, String group, ConsumerOptions options) {
        recorder();
        return consumeUnrecorded(topics, group, options);
    }

    /** Consumes topics in its own thread until it is closed. Connects no recorder. */
    RunningConsumer consumeUnrecorded(List<String> topics, String group, ConsumerOptions options) {
        RunningConsumer consumer = new RunningConsumer(bus.consumer(topics, group, options), fixture.timeout());
        consumers.add(consumer);
        return consumer;
    }

    @Override
    public void close() {
        consumers.forEach(RunningConsumer::stop);
        bus.close();
    }
}
