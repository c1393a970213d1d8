package dev.carillon.bus;

import dev.carillon.bus.BusSettings.ConfiguredTransport;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.consumer.TooManyErrorsException;
import dev.carillon.bus.internal.consumer.BrokerBackoff;
import dev.carillon.bus.internal.consumer.ConsecutiveErrors;
import dev.carillon.bus.internal.consumer.ConsumerMetrics;
import dev.carillon.bus.internal.consumer.DeadLetterHandler;
import dev.carillon.bus.internal.consumer.EventKeys;
import dev.carillon.bus.internal.consumer.FailureHandler;
import dev.carillon.bus.internal.consumer.HealthTracker;
import dev.carillon.bus.internal.consumer.PausedTopics;
import dev.carillon.bus.internal.consumer.PollLoop;
import dev.carillon.bus.internal.consumer.StartupReport;
import dev.carillon.bus.internal.consumer.StopSignal;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of a group and sends each event to the receivers of its signal.
 *
 * <p>At least once: an event may be delivered again after a crash or a lost connection. Events with the same key are delivered
 * in order. While the broker is unavailable, the consumer retries until it succeeds, or until the limit when
 * {@code …_CONSECUTIVE_ERRORS_LIMIT} is set.
 */
public final class EventConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** How long ending may take in addition to draining: a poll that is still running, a slow broker. */
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    private static final long READY_INTERVAL_MILLIS = 10;

    private final Transport transport;
    private final List<String> topics;
    private final String group;
    private final ConsumerOptions options;
    private final ConfiguredTransport configured;
    private final EventBus bus;
    private final ConsumerMetrics metrics = new ConsumerMetrics();
    private final HealthTracker tracker = new HealthTracker(Clock.systemUTC());
    private final PausedTopics paused;
    private final AtomicBoolean started = new AtomicBoolean();
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    EventConsumer(
            Transport transport,
            List<String> topics,
            String group,
            ConsumerOptions options,
            ConfiguredTransport configured,
            EventBus bus) {
        this.transport = transport;
        this.topics = topics;
        this.group = group;
        this.options = options;
        this.configured = configured;
        this.bus = bus;
        this.paused = new PausedTopics(topics);
    }

    /**
     * Consumes in the calling thread until stopped, or until {@link ConsumerOptions#maxEvents()} events were delivered.
     * Receivers run in worker threads of this consumer. An interrupt of the calling thread has the effect of {@link #stop()}.
     *
     * @throws TooManyErrorsException when the number of consecutive errors reaches the configured limit
     * @throws IllegalStateException when the consumer has been run before, or when failures become dead letters and a receiver
     *     has no {@linkplain dev.carillon.events.Events#requireReceiverIds() name that survives a deployment}
     * @throws IllegalArgumentException when the transport does not understand {@link ConsumerOptions#extra()} or the start
     *     position, or when a receiver's signal has data that cannot go over the wire and is not restricted to this process
     */
    public StopReason run() {
        begin();
        return consume();
    }

    private void begin() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("A consumer can run only once: create a new one");
        }
    }

    private StopReason consume() {
        try {
            if (!configured.settings().consumersEnabled()) {
                LOG.error(
                        "{}CONSUMERS_ENABLED is false: not consuming",
                        configured.settings().prefix());
                return StopReason.DISABLED;
            }
            if (stop.isRequested()) {
                return StopReason.STOPPED;
            }
            bus.requireCodecs();
            SourceSpec spec = new SourceSpec(topics, group, options.consumerName(), options.startAt(), options.extra());
            Optional<Runnable> reset = transport.reset(spec);
            if (reset.isPresent()) {
                return move(reset.get());
            }
            return consume(spec);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            ended.countDown();
        }
    }

    /**
     * As {@link #run()}, but also ends on process shutdown (SIGTERM, Ctrl-C). The whole bus is then closed before the JVM
     * exits: messages that were read are delivered and acknowledged, within the drain timeout, and events that were sent reach
     * the broker. This remains in effect until the bus is closed. Give the process the drain timeout plus ten seconds before it
     * is killed. While the broker is unavailable, closing gives up after at most 90 more seconds.
     */
    public StopReason runUntilShutdown() {
        bus.closeWithProcess();
        return run();
    }

    /**
     * As {@link #runUntilShutdown()}, in a thread of its own, which keeps the JVM running. Returns at once; {@link #awaitReady}
     * waits until the consumer works. What {@link #run()} would throw is logged, and thrown by {@code awaitReady}.
     *
     * @return this consumer
     * @throws IllegalStateException when the consumer has been run before
     */
    public EventConsumer start() {
        begin();
        bus.closeWithProcess();
        new Thread(this::consumeInThread, "carillon-" + group).start();
        return this;
    }

    private void consumeInThread() {
        try {
            consume();
        } catch (RuntimeException | Error e) {
            LOG.error("Consumer of topics {} as group {} ended", topics, group, e);
        }
    }

    /**
     * Waits until this consumer is {@linkplain ConsumerHealth#isReady ready}: the broker has responded, and events that are
     * published from now on will be read.
     *
     * @return this consumer
     * @throws IllegalStateException when the consumer is not ready in time, or has ended, with the cause; or when the waiting
     *     thread is interrupted, which stays interrupted
     */
    public EventConsumer awaitReady(Duration timeout) {
        long start = System.nanoTime();
        while (!health().isReady(Clock.systemUTC().instant())) {
            if (awaitEnd(READY_INTERVAL_MILLIS)) {
                throw notReady("it has ended", failure);
            }
            if (System.nanoTime() - start >= timeout.toNanos()) {
                throw notReady(whyNotReady(health()), null);
            }
        }
        return this;
    }

    private static String whyNotReady(ConsumerHealth health) {
        if (!health.running()) {
            return "it was not started";
        }
        if (health.lastPoll() == null) {
            return "the broker has not responded yet";
        }
        return health.healthCheckPassed() ? "messages block their keys: " + health.blocked() : "its health check fails";
    }

    private IllegalStateException notReady(String why, @Nullable Throwable cause) {
        return new IllegalStateException(
                "The consumer of topics " + topics + " as group " + group + " is not ready: " + why, cause);
    }

    private boolean awaitEnd(long millis) {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady("the waiting thread was interrupted", e);
        }
    }

    Duration drainTimeout() {
        return options.drainTimeout();
    }

    private StopReason consume(SourceSpec spec) {
        if (options.failurePolicy() instanceof FailurePolicy.Callback callback) {
            return consume(spec, keys(OwnTopics.NONE), FailureHandler.calling(callback, group));
        }
        KeyPolicy keyPolicy = ((FailurePolicy.DeadLettering) options.failurePolicy()).keyPolicy();
        MessageStore store = transport.store().orElseThrow(() -> UnsupportedByTransportException.consumer(transport));
        bus.events().requireReceiverIds();
        OwnTopics own = ownTopics();
        EventKeys keys = keys(own);
        return consume(
                spec.withOwnTopics(own.retryTopics()),
                keys,
                new DeadLetterHandler(store, topics, group, keyPolicy, keys, transport, metrics));
    }

    private OwnTopics ownTopics() {
        return new OwnTopics(topics, group, transport::position);
    }

    private EventKeys keys(OwnTopics own) {
        return bus.keys(options.keyFields(), own);
    }

    private StopReason consume(SourceSpec spec, EventKeys keys, FailureHandler failures) {
        new StartupReport(bus.events(), transport, configured.name(), topics, group, keys, options.concurrency()).log();
        try (failures;
                PollLoop loop = new PollLoop(
                        listener -> transport.source(spec, listener),
                        this::incident,
                        group,
                        options,
                        configured.settings(),
                        bus.receivers(configured, transport, keys, group, metrics),
                        keys,
                        failures,
                        paused,
                        tracker,
                        metrics,
                        stop)) {
            return loop.run();
        }
    }

    /** Moves the group; retries with the same backoff as reading. */
    private StopReason move(Runnable reset) {
        BrokerBackoff backoff =
                new BrokerBackoff(Clock.systemUTC(), configured.settings().pollFailureSleep());
        ConsecutiveErrors errors = new ConsecutiveErrors(configured.settings().consecutiveErrorsLimit());
        while (!stop.isRequested()) {
            try {
                reset.run();
                return StopReason.GROUP_MOVED;
            } catch (TransportException e) {
                metrics.brokerErrors.increment();
                errors.error();
                Duration wait = backoff.failed(e);
                if (errors.isAtLimit()) {
                    throw new TooManyErrorsException(
                            errors.errors(), configured.settings().limitName());
                }
                stop.await(wait);
            }
        }
        return StopReason.STOPPED;
    }

    private void incident(GroupIncident incident) {
        metrics.incidents.increment();
        if (incident.isLoss()) {
            metrics.lost.add(Math.max(0, incident.messages()));
        }
        LOG.error(
                "{} in topic {}, group {}: {} messages; {}",
                incident.kind(),
                incident.topic(),
                incident.group(),
                incident.messages() < 0 ? "an unknown number of" : incident.messages(),
                incident.detail());
        try {
            options.listener().incident(incident);
        } catch (Throwable e) { // also a checked exception that its method does not declare
            LOG.error("Consumer listener failed on incident {} in topic {}", incident.kind(), incident.topic(), e);
        }
    }

    /**
     * Stops reading a topic (without prefix) until {@link #resume}; messages that were already read are delivered. Returns at
     * once. May be called from any thread, also before {@link #run()}.
     *
     * @throws IllegalArgumentException when this consumer does not read the topic
     */
    public void pause(String topic) {
        paused.pause(bus.fullTopic(topic));
    }

    /**
     * Resumes reading a topic (without prefix); does nothing when it is not paused.
     *
     * @throws IllegalArgumentException when this consumer does not read the topic
     */
    public void resume(String topic) {
        paused.resume(bus.fullTopic(topic));
    }

    /** The topics that this consumer reads, with their prefix. Unmodifiable. */
    public List<String> topics() {
        return topics;
    }

    /** The group that this consumer belongs to. */
    public String group() {
        return group;
    }

    /** The current health. May be called from any thread. */
    public ConsumerHealth health() {
        return tracker.health(started.get() && !hasEnded(), paused);
    }

    /**
     * Returns the current state of the group, as the broker reports it, for each topic in which the group has a position,
     * including the group's own topics; topics have their prefix. Opens a connection for each call: use it for an alarm or a
     * dashboard, not for each probe.
     *
     * @throws TransportException when the broker is unavailable or refuses the request
     * @throws UnsupportedByTransportException when the transport has no administration
     */
    public List<GroupState> groupStates() {
        List<String> all = new ArrayList<>(topics);
        all.addAll(new TreeSet<>(ownTopics().retryTopics()));
        try (TransportAdmin admin =
                transport.admin().orElseThrow(() -> UnsupportedByTransportException.admin(transport))) {
            return admin.groups(all).stream()
                    .filter(state -> state.group().equals(group))
                    .toList();
        }
    }

    /** Makes {@link #run()} end: messages that were read are delivered, within the drain timeout. Returns at once. */
    public void stop() {
        stop.request();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /**
     * Makes {@link #run()} end and waits until it has, if it is running. Receivers must call {@link #stop()} instead,
     * because they would wait for themselves.
     */
    @Override
    public void close() {
        stop();
        if (started.get()) {
            try {
                if (!ended.await(options.drainTimeout().toMillis() + CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.warn("Consumer of topics {} has not stopped yet; no longer waiting for it", topics);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * As {@link #close()}, and then waits until everything that was sent with the bus of this consumer has reached the broker, see
     * {@link EventBus#flush()}.
     */
    public void closeAndFlush() {
        close();
        bus.flush();
    }

    /** The counts so far. May be called from any thread. */
    public ConsumerCounts counts() {
        return metrics.snapshot();
    }
}
