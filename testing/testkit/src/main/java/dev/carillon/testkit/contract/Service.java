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

/** A service with its events, its event bus and its consumers, as one process would have them. */
final class Service implements AutoCloseable {

    private final Workbench bench;
    private final Events events;
    private final EventBus bus;
    private final List<RunningConsumer> consumers = new ArrayList<>();
    private final Map<String, Step> published = new ConcurrentHashMap<>();
    private @Nullable EventRecorder recorder;

    Service(Workbench bench, String name, Settings settings, TransportProvider transport) {
        this.bench = bench;
        this.events = ContractEvents.service(name);
        this.bus = EventBus.open(settings, events, transport);
    }

    Events events() {
        return events;
    }

    EventBus bus() {
        return bus;
    }

    /** Records steps, unless told other signals the first time. */
    EventRecorder recorder(Signal<?>... signals) {
        EventRecorder started = recorder;
        if (started == null) {
            started = EventRecorder.of(events, signals.length == 0 ? new Signal<?>[] {STEP} : signals)
                    .patience(Workbench.PATIENCE);
            recorder = started;
        }
        return started;
    }

    CompletableFuture<String> send(String topic, Step step) {
        EventMetadata metadata = events.newMetadata(STEP);
        published.put(metadata.id().toString(), step);
        return send(topic, STEP, STEP_KEY, step, metadata);
    }

    /** The steps that it sent, by the ids of their events. */
    Map<String, Step> published() {
        return published;
    }

    <T> CompletableFuture<String> send(
            String topic, Signal<T> signal, String keyField, T data, EventMetadata metadata) {
        return bus.producer().send(signal, topic, keyField, data, metadata);
    }

    /** Consumes the test's topic in a thread, until it is closed; steps are recorded. */
    RunningConsumer consume(String group, ConsumerOptions options) {
        return consume(List.of(bench.topic()), group, options);
    }

    /** Consumes topics in a thread, until it is closed; steps are recorded. */
    RunningConsumer consume(List<String> topics, String group, ConsumerOptions options) {
        recorder();
        return consumeUnrecorded(topics, group, options);
    }

    /** Consumes topics in a thread, until it is closed; only the test's own receivers are connected. */
    RunningConsumer consumeUnrecorded(List<String> topics, String group, ConsumerOptions options) {
        RunningConsumer consumer = new RunningConsumer(bus.consumer(topics, group, options));
        consumers.add(consumer);
        return consumer;
    }

    @Override
    public void close() {
        consumers.forEach(RunningConsumer::stop);
        bus.close();
    }
}
