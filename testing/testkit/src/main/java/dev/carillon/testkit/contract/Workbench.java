package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.STEP_KEY;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What one test of a suite works with: topics of its own, and services that are closed behind it. */
final class Workbench implements AutoCloseable {

    /** How long anything may take that must come. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TransportProvider transport;
    private final Settings settings;
    private final Traits traits;
    private final String id = UUID.randomUUID().toString();
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private @Nullable Service sender;

    Workbench(TransportProvider transport, Settings settings, Traits traits) {
        this.transport = transport;
        this.settings = Settings.of(Map.of(
                        transport.settingsPrefix() + "CONSUMER_POLL_TIMEOUT", 0.1,
                        transport.settingsPrefix() + "CONSUMER_POLL_FAILURE_SLEEP", 0.05,
                        transport.settingsPrefix() + "AUDIT_LOGGING_ENABLED", false))
                .with(settings);
        this.traits = traits;
    }

    Traits traits() {
        return traits;
    }

    /** The test's topic. */
    String topic() {
        return topic("steps");
    }

    /** Another topic of the test. */
    String topic(String name) {
        return "contract-" + name + "-" + id;
    }

    /** The test's group: no other test's members are in it. */
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

    /** A service on the bus; several play several processes. */
    Service service(String name) {
        return service(name, Map.of());
    }

    /** A service with settings of its own. */
    Service service(String name, Map<String, ?> others) {
        Service service = new Service(this, name, settings.with(Settings.of(others)), transport);
        closers.push(service::close);
        return service;
    }

    /** Puts messages on a topic that no producer would. */
    RawSender raw() {
        RawSender raw = new RawSender(transport, settings);
        closers.push(raw::close);
        return raw;
    }

    /** Reads from the oldest message on; the steps' key is the learner. */
    ConsumerOptions fromEarliest() {
        return options().withStartAt(StartAt.earliest());
    }

    /** A new group starts as the default says; the steps' key is the learner; a receiver is called once. */
    ConsumerOptions options() {
        return ConsumerOptions.defaults().withKeyField(STEP, STEP_KEY).withRetries(RetryPolicy.none());
    }

    /** Publishes to the test's topic, and waits until the broker has all; answers their positions. */
    List<String> publish(List<Step> steps) {
        return publish(topic(), steps);
    }

    /** Publishes to a topic, and waits until the broker has all; answers their positions. */
    List<String> publish(String topic, List<Step> steps) {
        List<CompletableFuture<String>> sends = new ArrayList<>();
        for (Step step : steps) {
            sends.add(sender().send(topic, step));
        }
        return sends.stream().map(CompletableFuture::join).toList();
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
     * What a group still gets from the test's topic when it goes on: the steps that come before a mark which is sent now for
     * each of these learners, so that a broker with partitions shows all of them.
     */
    List<Step> leftFor(String group, List<String> learners, ConsumerOptions options) {
        publish(learners.stream().map(learner -> new Step(learner, -1)).toList());
        Service reader = service("reader of the rest");
        RunningConsumer consumer = reader.consume(group, options.withConcurrency(1));
        reader.recorder().await("a mark for each of " + learners, events -> {
            List<Step> steps = reader.recorder().data(STEP);
            return steps.stream().filter(step -> step.number() == -1).count() >= learners.size();
        });
        consumer.close();
        return reader.recorder().data(STEP).stream()
                .filter(step -> step.number() >= 0)
                .toList();
    }

    /** What a group still gets, as {@link #leftFor(String, List, ConsumerOptions)}, with the usual options. */
    List<Step> leftFor(String group, String... learners) {
        return leftFor(group, List.of(learners), fromEarliest());
    }

    /** Waits for a condition; fails naming it when it does not come. */
    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .until(condition);
    }

    /** Waits until the clock of brokers, in milliseconds, has moved on. */
    static Instant laterThan(Instant time) {
        await("the clock to move on", () -> Instant.now().isAfter(time.plusMillis(2)));
        return Instant.now();
    }

    /** Watches for a while that a condition stays true; fails naming it when it does not. */
    static void holds(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
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
