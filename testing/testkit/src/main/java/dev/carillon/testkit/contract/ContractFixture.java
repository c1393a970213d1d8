package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.STEP_KEY;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.Events;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The topics, groups and services of one test. Closing it closes the services. */
final class ContractFixture implements AutoCloseable {

    /** How long a test waits for what must happen. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final TransportProvider transport;
    private final Settings settings;
    private final TransportTraits traits;
    private final Duration timeout;
    private final String id = UUID.randomUUID().toString();
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private @Nullable Service sender;
    private @Nullable Boolean store;

    ContractFixture(TransportProvider transport, Settings settings, TransportTraits traits, Duration timeout) {
        this.transport = transport;
        this.settings = Settings.of(Map.of(
                        transport.settingsPrefix() + "CONSUMER_POLL_TIMEOUT", 0.1,
                        transport.settingsPrefix() + "CONSUMER_POLL_FAILURE_SLEEP", 0.05,
                        transport.settingsPrefix() + "AUDIT_LOGGING_ENABLED", false))
                .with(settings);
        this.traits = traits;
        this.timeout = timeout;
    }

    TransportTraits traits() {
        return traits;
    }

    /** How long the test waits for what must happen. */
    Duration timeout() {
        return timeout;
    }

    /** The test's topic. */
    String topic() {
        return topic("steps");
    }

    /** Another topic of the test. */
    String topic(String name) {
        return "contract-" + name + "-" + id;
    }

    /** The test's group. */
    String group() {
        return group("readers");
    }

    /** Another group of the test. */
    String group(String name) {
        return name + "-" + id;
    }

    /** The name of a setting that each broker has under its own prefix. */
    String setting(String name) {
        return transport.settingsPrefix() + name;
    }

    /** A service. Several services play several processes. */
    Service service(String name) {
        return service(name, Map.of());
    }

    /** A service with further settings. */
    Service service(String name, Map<String, ?> others) {
        return service(ContractEvents.service(name), others);
    }

    /** A service with other events than those of the contract. */
    Service service(Events events) {
        return service(events, Map.of());
    }

    private Service service(Events events, Map<String, ?> others) {
        Service service = new Service(this, events, settings.with(Settings.of(others)), transport);
        closers.push(service::close);
        return service;
    }

    /** Sends and reads messages without the engine. */
    RawSender raw() {
        RawSender raw = new RawSender(transport, settings);
        closers.push(raw::close);
        return raw;
    }

    /** A receiver that blocks until it is released. */
    BlockingReceiver blockingReceiver() {
        return new BlockingReceiver(timeout);
    }

    /** As {@link #fromEarliest()}, but no event has a key field. */
    ConsumerOptions fromEarliestWithoutKeys() {
        return withoutStore(ConsumerOptions.defaults().withStartAt(StartAt.earliest()));
    }

    /** Starts a new group at the earliest message; otherwise as {@link #options()}. */
    ConsumerOptions fromEarliest() {
        return options().withStartAt(StartAt.earliest());
    }

    /**
     * The learner is the key of a step, and receivers are called once. A new group starts where the default says. Without a message
     * store, failures are logged and acknowledged.
     */
    ConsumerOptions options() {
        return withoutStore(
                ConsumerOptions.defaults().withKeyField(STEP, STEP_KEY).withRetries(RetryPolicy.none()));
    }

    /** Consumers keep dead letters by default, which needs a store. */
    private ConsumerOptions withoutStore(ConsumerOptions options) {
        return hasStore() ? options : options.withFailurePolicy(FailurePolicy.logAndAcknowledge());
    }

    /** Whether the transport can keep dead letters. */
    boolean hasStore() {
        Boolean known = store;
        if (known == null) {
            try (Transport opened = RawSender.open(transport, settings)) {
                Optional<MessageStore> its = opened.store();
                its.ifPresent(MessageStore::close);
                known = its.isPresent();
            }
            store = known;
        }
        return known;
    }

    /** Calls the administration of the broker, as an operator does. */
    <T> T admin(Function<BusAdmin, T> call) {
        try (BusAdmin admin = service("operator").bus().admin()) {
            return call.apply(admin);
        }
    }

    /** Publishes to the test's topic, waits until the broker has everything, and returns the positions. */
    List<String> publish(List<Step> steps) {
        return publish(topic(), steps);
    }

    /** Publishes to a topic, waits until the broker has everything, and returns the positions. */
    List<String> publish(String topic, List<Step> steps) {
        List<CompletableFuture<String>> sends = new ArrayList<>();
        for (Step step : steps) {
            sends.add(sender().send(topic, step));
        }
        return sends.stream()
                .map(send -> send.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .join())
                .toList();
    }

    /** Publishes steps, lets the test's group receive and acknowledge them, and returns the positions. */
    List<String> consumed(List<Step> steps) {
        List<String> positions = publish(steps);
        Service reader = service("reader");
        try (RunningConsumer consumer = reader.consume(group(), fromEarliest())) {
            reader.recorder().await(STEP, steps.size());
            await("all acknowledged", () -> consumer.counts().acknowledged() == steps.size());
        }
        return positions;
    }

    /** The service that publishes. */
    Service sender() {
        Service from = sender;
        if (from == null) {
            from = service("sender");
            sender = from;
        }
        return from;
    }

    /**
     * What a group still receives from the test's topic. Sends a marker for each of these learners, so that every partition is
     * read to its end, and returns the steps before the markers.
     */
    List<Step> leftFor(String group, List<String> learners, ConsumerOptions options) {
        publish(learners.stream().map(learner -> new Step(learner, -1)).toList());
        Service reader = service("late reader");
        RunningConsumer consumer = reader.consume(group, options.withConcurrency(1));
        reader.recorder().await("a marker for each of " + learners, events -> {
            List<Step> steps = reader.recorder().data(STEP);
            return steps.stream().filter(step -> step.number() == -1).count() >= learners.size();
        });
        consumer.close();
        return reader.recorder().data(STEP).stream()
                .filter(step -> step.number() >= 0)
                .toList();
    }

    /** What a group still receives, with {@link #fromEarliest()}. */
    List<Step> leftFor(String group, String... learners) {
        return leftFor(group, List.of(learners), fromEarliest());
    }

    /** Waits for a condition; fails with its name after the timeout. */
    void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(timeout)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .until(condition);
    }

    /** Waits until the millisecond clock of a broker is past this time. */
    Instant laterThan(Instant time) {
        await("the clock to move on", () -> Instant.now().isAfter(time.plusMillis(2)));
        return Instant.now();
    }

    /** Checks for 200 ms that a condition stays true; fails with its name when it does not. */
    void holds(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(timeout)
                .pollDelay(Duration.ZERO)
                .during(Duration.ofMillis(200))
                .failFast("Expected that " + what, () -> !condition.call())
                .until(condition);
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}
