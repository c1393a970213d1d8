package dev.carillon.bus;

import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.consumer.TooManyErrorsException;
import dev.carillon.bus.internal.consumer.BrokerBackoff;
import dev.carillon.bus.internal.consumer.ConsecutiveErrors;
import dev.carillon.bus.internal.consumer.ConsumerMetrics;
import dev.carillon.bus.internal.consumer.ConsumerParts;
import dev.carillon.bus.internal.consumer.DeadLetterHandler;
import dev.carillon.bus.internal.consumer.EventKeys;
import dev.carillon.bus.internal.consumer.FailureHandler;
import dev.carillon.bus.internal.consumer.HealthTracker;
import dev.carillon.bus.internal.consumer.HealthTracker.PausedTopics;
import dev.carillon.bus.internal.consumer.PollLoop;
import dev.carillon.bus.internal.consumer.StopSignal;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupReset;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of a group and sends each event to the receivers of its signal.
 *
 * <p>At least once: an event may come a second time after a crash or a lost connection. Events of one key come in order. A
 * broker that is away is waited for, without end unless {@code …_CONSECUTIVE_ERRORS_LIMIT} is set.
 */
public final class EventConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** What ending may take besides draining: a poll that is under way, a broker that is slow. */
    private static final long CLOSING_MILLIS = 10_000;

    private final Transport transport;
    private final List<String> topics;
    private final String group;
    private final ConsumerOptions options;
    private final ConsumerParts parts;
    private final Runnable closeWithProcess;
    private final ConsumerMetrics metrics = new ConsumerMetrics();
    private final HealthTracker tracker = new HealthTracker(Clock.systemUTC());
    private final PausedTopics paused;
    private final AtomicBoolean started = new AtomicBoolean();
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** {@code closeWithProcess} has the bus of this consumer closed before the process ends. */
    EventConsumer(
            Transport transport,
            List<String> topics,
            String group,
            ConsumerOptions options,
            ConsumerParts parts,
            Runnable closeWithProcess) {
        this.transport = transport;
        this.topics = topics;
        this.group = group;
        this.options = options;
        this.parts = parts;
        this.closeWithProcess = closeWithProcess;
        this.paused = new PausedTopics(topics);
    }

    /**
     * Consumes in the calling thread until told to stop, or until {@link ConsumerOptions#maxEvents()} events were delivered.
     * Receivers run in lanes, threads of this consumer's own. An interrupt of the calling thread is understood as
     * {@link #stop()}.
     *
     * @throws TooManyErrorsException when errors in a row reach the limit that is set
     * @throws IllegalStateException when it ran before, or when failures become dead letters and a receiver has no
     *     {@linkplain dev.carillon.events.Events#requireReceiverIds() name that survives a deployment}
     * @throws IllegalArgumentException when {@link ConsumerOptions#extra()} or the start holds what the transport does not
     *     understand
     */
    public StopReason run() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("A consumer runs once; make another one");
        }
        try {
            if (!parts.settings().consumersEnabled()) {
                LOG.error(
                        "{}CONSUMERS_ENABLED is false: not consuming",
                        parts.settings().prefix());
                return StopReason.DISABLED;
            }
            if (stop.isRequested()) {
                return StopReason.STOPPED;
            }
            SourceSpec spec = new SourceSpec(topics, group, options.consumerName(), options.startAt(), options.extra());
            Optional<GroupReset> reset = transport.reset(spec);
            if (reset.isPresent()) {
                return move(reset.get());
            }
            LOG.info("Consuming {} as group {}", topics, group);
            return consume(spec);
        } finally {
            ended.countDown();
        }
    }

    /**
     * As {@link #run()}, and ends also when the process is told to end (SIGTERM, Ctrl-C), which then closes the whole bus before it
     * does: what was read is delivered and acknowledged, at most for the drain timeout, and what was sent is on the broker, before
     * the JVM goes on to end. That stays so until the bus is closed. Give the process that time, and ten seconds more, before
     * it is killed. While the broker is away, closing gives up on it after 90 seconds more at the latest.
     */
    public StopReason runUntilShutdown() {
        closeWithProcess.run();
        return run();
    }

    Duration drainTimeout() {
        return options.drainTimeout();
    }

    private StopReason consume(SourceSpec spec) {
        if (!(options.failurePolicy() instanceof FailurePolicy.DeadLettering policy)) {
            return consume(spec, keys(OwnTopics.NONE), FailureHandler.calling(options.failurePolicy(), group));
        }
        MessageStore store = transport.store();
        if (store == null) {
            throw new IllegalStateException("This broker cannot keep dead letters: give the consumer a failure policy"
                    + " such as FailurePolicy.logAndAcknowledge()");
        }
        parts.events().requireReceiverIds();
        OwnTopics own = new OwnTopics(topics, group);
        EventKeys keys = keys(own);
        return consume(
                spec.withOwnTopics(own.retryTopics()),
                keys,
                new DeadLetterHandler(store, topics, group, policy.keyPolicy(), keys, parts.headerNames(), metrics));
    }

    private EventKeys keys(OwnTopics own) {
        return new EventKeys(parts.producerConfig(), options.keyFields(), parts.topicNames(), own);
    }

    private StopReason consume(SourceSpec spec, EventKeys keys, FailureHandler failures) {
        try (failures;
                PollLoop loop = new PollLoop(
                        listener -> transport.source(spec, listener),
                        this::incident,
                        group,
                        options,
                        parts,
                        keys,
                        failures,
                        paused,
                        tracker,
                        metrics,
                        stop)) {
            return loop.run();
        }
    }

    /** Waits for the broker as reading does. */
    private StopReason move(GroupReset reset) {
        BrokerBackoff backoff =
                new BrokerBackoff(Clock.systemUTC(), parts.settings().pollFailureSleep());
        ConsecutiveErrors errors = new ConsecutiveErrors(parts.settings().consecutiveErrorsLimit());
        while (!stop.isRequested()) {
            try {
                reset.apply();
                return StopReason.GROUP_MOVED;
            } catch (TransportException e) {
                metrics.brokerErrors.increment();
                errors.error();
                Duration wait = backoff.failed(e);
                if (errors.isAtLimit()) {
                    throw new TooManyErrorsException(
                            errors.errors(), parts.settings().limitName());
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
        } catch (RuntimeException | Error e) {
            LOG.error("The listener failed on {} in topic {}", incident.kind(), incident.topic(), e);
        }
    }

    /**
     * Reads no more of a topic (without prefix) until {@link #resume}; what was read already is delivered. Returns at once. May be
     * called from any thread, before {@link #run()} too.
     *
     * @throws IllegalArgumentException when this consumer does not read the topic
     */
    public void pause(String topic) {
        paused.pause(parts.topicNames().full(topic));
    }

    /**
     * Reads a topic (without prefix) again; nothing happens when it is not paused.
     *
     * @throws IllegalArgumentException when this consumer does not read the topic
     */
    public void resume(String topic) {
        paused.resume(parts.topicNames().full(topic));
    }

    /** How it is now. May be called from any thread. */
    public ConsumerHealth health() {
        return tracker.health(started.get() && !hasEnded(), paused);
    }

    /**
     * How far the group is with each topic that it has a place in, those that it has for itself among them, as the broker tells
     * now; topics are with prefix. Opens a connection for the answer: for an alarm or a dashboard, not for each probe.
     *
     * @throws TransportException when the broker is away or refuses
     */
    public List<GroupState> lag() {
        List<String> all = new ArrayList<>(topics);
        all.addAll(new TreeSet<>(new OwnTopics(topics, group).retryTopics()));
        try (TransportAdmin admin = transport.admin()) {
            return admin.groups(all).stream()
                    .filter(state -> state.group().equals(group))
                    .toList();
        }
    }

    /** Tells {@link #run()} to end: what was read is delivered, at most for the drain timeout. Returns at once. */
    public void stop() {
        stop.request();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /**
     * Tells {@link #run()} to end and waits until it has, where it is running. Not for receivers, which would wait for
     * themselves: they call {@link #stop()}.
     */
    @Override
    public void close() {
        stop();
        if (started.get()) {
            try {
                if (!ended.await(options.drainTimeout().toMillis() + CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.warn("The consumer of {} has not ended yet", topics);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What it has done so far. May be called from any thread. */
    public ConsumerCounts counts() {
        return metrics.snapshot();
    }
}
