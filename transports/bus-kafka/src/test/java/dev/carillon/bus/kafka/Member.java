package dev.carillon.bus.kafka;

import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A member of a group, which records the steps that it receives. */
final class Member implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final ConsumerOptions FROM_THE_START = ConsumerOptions.defaults().withStartAt(StartAt.earliest());

    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final List<GroupIncident> incidents = new CopyOnWriteArrayList<>();
    private final EventBus bus;
    private final EventConsumer consumer;
    private final CompletableFuture<Void> running;

    private Member(Settings settings, Events events, List<String> topics, String group, ConsumerOptions options) {
        events.connect(Step.TAKEN, event -> steps.add(event.data()));
        bus = EventBus.open(settings, events, new KafkaTransportProvider());
        consumer = bus.consumer(topics, group, options.withListener(incidents::add));
        running = inThread(consumer::run);
    }

    static Member of(Settings settings, String topic, String group) {
        return of(settings, topic, group, FROM_THE_START);
    }

    static Member of(Settings settings, String topic, String group, ConsumerOptions options) {
        return new Member(settings, Step.events("member"), List.of(topic), group, options);
    }

    /** A member with an additional receiver, which is called first. */
    static Member of(Settings settings, Events events, String topic, String group, ConsumerOptions options) {
        return new Member(settings, events, List.of(topic), group, options);
    }

    /**
     * Runs a consumer in a thread of its own. The common pool has few threads, and tests that run at the same time would wait for
     * each other's members to end.
     */
    static CompletableFuture<Void> inThread(Runnable consumer) {
        return CompletableFuture.runAsync(consumer, run -> new Thread(run, "member").start());
    }

    List<Step> steps() {
        return steps;
    }

    List<GroupIncident> incidents() {
        return incidents;
    }

    ConsumerCounts counts() {
        return consumer.counts();
    }

    Member awaitSteps(int count) {
        await(count + " steps").atMost(TIMEOUT).until(() -> steps.size() >= count);
        return this;
    }

    /** Waits until this many events have been acknowledged. */
    Member awaitAcknowledged(int count) {
        await(count + " acknowledged").atMost(TIMEOUT).until(() -> counts().acknowledged() >= count);
        return this;
    }

    @Override
    public void close() {
        bus.close();
        running.join();
    }
}
