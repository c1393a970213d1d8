package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.config.BrokerSettings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.consumer.TooManyErrorsException;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One run of a consumer: polls, hands messages to workers, acknowledges. Runs in one thread. */
public final class PollLoop implements AutoCloseable {

    private static final Logger LOG = Loggers.CONSUMER;
    /** The maximum poll timeout while workers are busy: their finished messages wait to be acknowledged. */
    private static final Duration BUSY_POLL = Duration.ofMillis(20);

    /** The maximum poll timeout, so that stopping does not take longer. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private static final long WORKERS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long INSPECTION_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MessageSource source;
    private final String group;
    private final ConsumerOptions options;
    private final BrokerSettings settings;
    private final Receivers receivers;
    private final EventKeys keys;
    private final PausedTopics paused;
    private final HealthTracker tracker;
    private final ConsumerMetrics metrics;
    private final StopSignal stop;
    private final InFlightMessages inFlight;
    private final ConsecutiveErrors errors;
    private final BrokerBackoff backoff;
    private final WorkerChooser chooser;
    private final DeadLetterRefresher refresher;
    private final HealthGate health;
    private final Dispatcher dispatcher;
    private final DeferredMessages deferred;
    private final Workers workers;
    private final PollCapacity capacity;
    private long lastPoll = System.nanoTime();
    private long lastInspection = System.nanoTime();
    private Set<String> pausedNow = Set.of();
    private List<IncomingMessage> undispatched = List.of();
    private boolean interrupted;
    private volatile @Nullable Error fatal;

    public PollLoop(
            Function<SourceListener, MessageSource> opener,
            Consumer<GroupIncident> incidents,
            String group,
            ConsumerOptions options,
            BrokerSettings settings,
            Receivers receivers,
            EventKeys keys,
            FailureHandler failures,
            PausedTopics paused,
            HealthTracker tracker,
            ConsumerMetrics metrics,
            StopSignal stop) {
        this.source = opener.apply(new Listener(incidents));
        failures.begin(source::topicId);
        this.group = group;
        this.options = options;
        this.settings = settings;
        this.receivers = receivers;
        this.keys = keys;
        this.paused = paused;
        this.tracker = tracker;
        this.metrics = metrics;
        this.stop = stop;
        this.inFlight = new InFlightMessages(source.ackMode(), keys.ownTopics());
        this.errors = new ConsecutiveErrors(settings.consecutiveErrorsLimit());
        this.backoff = new BrokerBackoff(Clock.systemUTC(), settings.pollFailureSleep());
        this.chooser = new WorkerChooser(options.concurrency(), keys);
        this.refresher = new DeadLetterRefresher(failures, "carillon-" + group + "-dead-letters");
        this.health =
                new HealthGate(options.healthCheck(), options.healthCheckInterval(), "carillon-" + group + "-health");
        this.dispatcher = new Dispatcher(
                receivers,
                options::retries,
                failures,
                health,
                inFlight,
                message -> source.owns(message.message()),
                this::endWith,
                metrics,
                errors,
                tracker,
                Clock.systemUTC());
        this.deferred = new DeferredMessages(inFlight, options, metrics);
        this.workers = new Workers("carillon-" + group, options, dispatcher, inFlight, deferred);
        this.capacity = new PollCapacity(options, group, inFlight, workers, deferred, metrics);
    }

    public StopReason run() {
        health.start();
        workers.start();
        StopReason reason = null;
        while (reason == null) {
            reason = turn();
        }
        drain();
        Error error = fatal;
        if (error != null) {
            throw error;
        }
        if (errors.isAtLimit()) {
            throw new TooManyErrorsException(errors.errors(), settings.limitName());
        }
        return reason;
    }

    /** One turn of the loop. Returns the reason to stop, or null to continue. */
    private @Nullable StopReason turn() {
        checkInterrupt();
        if (stop.isRequested() || errors.isAtLimit()) {
            return StopReason.STOPPED;
        }
        try {
            acknowledge();
            if (options.maxEvents() > 0 && metrics.delivered.sum() >= options.maxEvents()) {
                return StopReason.MAX_EVENTS;
            }
            boolean isHealthy = health.isOpen();
            inspect(isHealthy);
            dispatchUndispatched();
            int free = isHealthy && undispatched.isEmpty() && !paused.areAll(pausedNow) ? capacity.free() : 0;
            if (free > 0) {
                dispatch(poll(free, pollTimeout()));
            } else {
                keepAlive();
                inFlight.awaitFinished(WORKERS_WAIT_NANOS);
            }
            deferred.readAgain(source); // after the poll, which may revoke partitions
            backoff.succeeded();
        } catch (RuntimeException e) {
            if (!checkInterrupt()) {
                metrics.brokerErrors.increment();
                errors.error();
                Duration wait = backoff.failed(e);
                if (!errors.isAtLimit()) {
                    stop.await(wait);
                }
            }
        }
        return null;
    }

    /** An interrupt requests a stop. The flag is cleared, so that draining can wait, and restored at the end. */
    private boolean checkInterrupt() {
        if (Thread.interrupted()) {
            interrupted = true;
            stop.request();
            return true;
        }
        return false;
    }

    private Duration pollTimeout() {
        if (deferred.hasRequests() || inFlight.messages() > 0) {
            return deferred.hasRequests() ? Duration.ZERO : BUSY_POLL;
        }
        Duration configured = settings.pollTimeout();
        return configured.isZero() || configured.compareTo(IDLE_POLL) > 0 ? IDLE_POLL : configured;
    }

    /** Pauses topics, reports progress and inspects the workers: once per turn, not per event. */
    private void inspect(boolean isHealthy) {
        tracker.turned(isHealthy, inFlight.deferredMessages());
        Set<String> now = paused.now();
        if (!now.equals(pausedNow)) {
            LOG.info("Paused topics of group {}: {}", group, now);
            if (!paused.areAll(now)) {
                source.pause(keys.ownTopics().withRetryTopics(now));
            }
            pausedNow = now;
        }
        if (System.nanoTime() - lastInspection > INSPECTION_NANOS) {
            lastInspection = System.nanoTime();
            tracker.busy(workers.inspect(Clock.systemUTC().instant()));
        }
    }

    private List<IncomingMessage> poll(int max, Duration timeout) {
        List<IncomingMessage> batch =
                source.poll(max, Math.max(1, options.maxInFlightBytes() - inFlight.bytes()), timeout);
        lastPoll = System.nanoTime();
        tracker.polled();
        return batch;
    }

    /** Keeps the group membership alive while there is no capacity. */
    private void keepAlive() {
        if (System.nanoTime() - lastPoll > KEEP_ALIVE_NANOS) {
            dispatch(poll(0, Duration.ZERO));
        }
    }

    /** Dispatches messages that arrived before the dead letters of their partition had been read. */
    private void dispatchUndispatched() {
        if (!undispatched.isEmpty() && refresher.isKnownFor(undispatched)) {
            List<IncomingMessage> batch = undispatched;
            undispatched = List.of();
            dispatch(batch);
        }
    }

    private void dispatch(List<IncomingMessage> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (!undispatched.isEmpty() || !refresher.isKnownFor(batch)) {
            undispatched = Stream.concat(undispatched.stream(), batch.stream()).toList();
            return;
        }
        metrics.received.add(batch.size());
        inFlight.polled();
        for (IncomingMessage message : batch) {
            InFlightMessage inFlightMessage = inFlight.add(message);
            if (isUnwanted(inFlightMessage)) {
                inFlight.finished(inFlightMessage);
            } else {
                workers.add(chooser.choose(inFlightMessage), inFlightMessage);
            }
        }
        workers.flush();
    }

    /**
     * A message that carries its key is resolved by its worker, which keeps the polling thread free. If the key is a field of the
     * data, the message must be resolved before its worker can be chosen.
     */
    private boolean isUnwanted(InFlightMessage message) {
        return message.message().key() == null && receivers.resolve(message) instanceof Resolution.Unwanted;
    }

    /** Called by workers. */
    private void endWith(Error error) {
        fatal = error;
        workers.abandon();
        stop.request();
    }

    private void acknowledge() {
        List<IncomingMessage> messages = inFlight.messagesToAcknowledge();
        if (!messages.isEmpty()) {
            int count = inFlight.acknowledging();
            source.acknowledge(messages, () -> metrics.acknowledged.add(count));
            inFlight.acknowledged();
        }
    }

    /** Ignores failures, so that waiting for running receivers continues while the broker accepts no acknowledgements. */
    private void acknowledgeIfPossible() {
        try {
            acknowledge();
        } catch (RuntimeException e) {
            metrics.brokerErrors.increment();
            LOG.debug("Group {} could not acknowledge; continuing to wait for its receivers", group, e);
        }
    }

    /** Waits for the workers, at most for the drain timeout, and acknowledges the messages that they finish. */
    private void drain() {
        if (fatal != null || errors.isAtLimit()) {
            workers.abandon();
        } else {
            workers.finish();
        }
        long start = System.nanoTime();
        long timeout = options.drainTimeout().toNanos();
        long left = timeout;
        while (!isDrained(left) && left > 0) {
            left = timeout - (System.nanoTime() - start);
        }
        if (inFlight.messages() > 0) {
            LOG.warn(
                    "Stopping with {} unfinished messages after {} s; they stay with group {} and will be redelivered",
                    inFlight.messages(),
                    TimeUnit.NANOSECONDS.toSeconds(timeout - Math.max(0, left)),
                    group);
        }
    }

    /** Acknowledges finished messages. If more will follow, waits for them briefly, at most the remaining time. */
    private boolean isDrained(long left) {
        checkInterrupt();
        tracker.turned();
        boolean ended = workers.haveEnded();
        try {
            acknowledge();
            if (ended || inFlight.messages() == 0) {
                return true;
            }
            keepAlive();
            deferred.readAgain(source);
            inFlight.awaitFinished(Math.min(left, WORKERS_WAIT_NANOS));
        } catch (RuntimeException e) {
            metrics.brokerErrors.increment();
            inFlight.awaitFinished(Math.min(left, backoff.failed(e).toNanos()));
        }
        return false;
    }

    /** Releases partitions that are being revoked: finishes what is in progress, within the drain timeout, and drops the rest. */
    private void release(Collection<Partition> partitions, Duration timeout) {
        Duration shorter = timeout.compareTo(options.drainTimeout()) < 0 ? timeout : options.drainTimeout();
        long deadline = System.nanoTime() + shorter.toNanos();
        dropUndispatched(partitions);
        inFlight.revoke(partitions);
        try {
            while (inFlight.isInProgress(partitions) && fatal == null && deadline - System.nanoTime() > 0) {
                acknowledgeIfPossible();
                inFlight.awaitFinished(WORKERS_WAIT_NANOS);
            }
            acknowledgeIfPossible(); // last, because messages finish while others are being acknowledged
        } finally {
            if (inFlight.isInProgress(partitions)) {
                LOG.warn(
                        "Partitions {} revoked from group {} while receivers are still running; their events will be redelivered",
                        partitions,
                        group);
            }
            inFlight.forget(partitions);
            refresher.forget(partitions);
        }
    }

    private void dropUndispatched(Collection<Partition> partitions) {
        undispatched = undispatched.stream()
                .filter(message -> !partitions.contains(new Partition(message.topic(), message.partition())))
                .toList();
    }

    /** Receives notifications of the source while it polls. */
    private final class Listener implements SourceListener {
        private final Consumer<GroupIncident> incidents;

        Listener(Consumer<GroupIncident> incidents) {
            this.incidents = incidents;
        }

        @Override
        public void incident(GroupIncident incident) {
            incidents.accept(incident);
        }

        @Override
        public void partitionsRevoked(Collection<Partition> partitions, Duration timeout) {
            release(partitions, timeout);
        }

        @Override
        public void partitionsLost(Collection<Partition> partitions) {
            dropUndispatched(partitions);
            inFlight.revoke(partitions);
            inFlight.forget(partitions);
            refresher.forget(partitions);
        }
    }

    @Override
    public void close() {
        refresher.close();
        health.close();
        workers.abandon();
        dispatcher.abandon();
        workers.interrupt();
        try {
            source.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
