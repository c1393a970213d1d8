package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.SourceListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a consumer: polls, hands to lanes, acknowledges. Everything here happens in one thread but the lanes' work. */
final class ConsumerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** The longest wait for new messages while lanes are at work, whose finished messages wait to be acknowledged. */
    private static final Duration BUSY_POLL = Duration.ofMillis(20);

    /** The longest wait for new messages at all, so that stopping takes no longer. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private static final long LANES_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MessageSource source;
    private final String group;
    private final ConsumerOptions options;
    private final ConsumerParts parts;
    private final EventKeys keys;
    private final PausedTopics paused;
    private final EngineHealth vitals;
    private final Tally tally;
    private final StopSignal stop;
    private final InFlight inFlight;
    private final ConsecutiveErrors errors;
    private final BrokerBackoff patience;
    private final MessageSorter sorter;
    private final LaneChooser chooser;
    private final SharedNews news;
    private final HealthGate health;
    private final Deliverer deliverer;
    private final ParkedMessages parked;
    private final Lanes lanes;
    private final Capacity capacity;
    private long lastPoll = System.nanoTime();
    private long lastLook = System.nanoTime();
    private Set<String> pausedNow = Set.of();
    private List<IncomingMessage> undispatched = List.of();
    private boolean interrupted;
    private volatile @Nullable Error fatal;

    ConsumerLoop(
            Function<SourceListener, MessageSource> opener,
            java.util.function.Consumer<GroupIncident> incidents,
            String group,
            ConsumerOptions options,
            ConsumerParts parts,
            EventKeys keys,
            GivenUp givenUp,
            PausedTopics paused,
            EngineHealth vitals,
            Tally tally,
            StopSignal stop) {
        this.source = opener.apply(new Ears(incidents));
        givenUp.begin(source::topicId);
        this.group = group;
        this.options = options;
        this.parts = parts;
        this.keys = keys;
        this.paused = paused;
        this.vitals = vitals;
        this.tally = tally;
        this.stop = stop;
        this.inFlight = new InFlight(source.ackMode());
        this.errors = new ConsecutiveErrors(parts.settings().consecutiveErrorsLimit());
        this.patience = new BrokerBackoff(Clock.systemUTC(), parts.settings().pollFailureSleep());
        this.sorter = new MessageSorter(
                parts.events(),
                parts.codecs(),
                parts.headerNames(),
                keys.ownTopics(),
                tally,
                message -> givenUp.originOf(message).isRedriven());
        this.chooser = new LaneChooser(options.lanes(), keys);
        this.news = new SharedNews(givenUp, "carillon-" + group + "-dead-letters");
        this.health =
                new HealthGate(options.healthCheck(), options.healthCheckEvery(), "carillon-" + group + "-health");
        this.deliverer = new Deliverer(
                parts.events(),
                type -> options.retriesByType().getOrDefault(type, options.retries()),
                givenUp,
                health,
                parts.audit(),
                tally,
                errors,
                vitals);
        this.parked = new ParkedMessages(inFlight, options, tally);
        this.lanes = new Lanes(
                "carillon-" + group,
                options,
                new LaneWork(sorter, deliverer, inFlight, held -> source.owns(held.message()), this::endWith),
                inFlight,
                parked);
        this.capacity = new Capacity(options, group, inFlight, lanes, parked, tally);
    }

    StopReason run() {
        health.start();
        lanes.start();
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
            throw new TooManyErrorsException(errors.errors(), parts.settings().limitName());
        }
        return reason;
    }

    /** One turn of the loop; answers why it was the last one. */
    private @Nullable StopReason turn() {
        seeInterrupt();
        if (stop.isRequested() || errors.isAtLimit()) {
            return StopReason.STOPPED;
        }
        try {
            acknowledge();
            if (options.maxEvents() > 0 && tally.delivered.sum() >= options.maxEvents()) {
                return StopReason.MAX_EVENTS;
            }
            boolean well = health.isOpen();
            lookAround(well);
            dispatchUndispatched();
            int room = well && undispatched.isEmpty() && !paused.areAll(pausedNow) ? capacity.free() : 0;
            if (room > 0) {
                dispatch(poll(room, pollTimeout()));
            } else {
                keepAlive();
                inFlight.awaitFinished(LANES_WAIT_NANOS);
            }
            parked.readAgain(source); // behind the poll, which tells what is no longer ours
            patience.answered();
        } catch (RuntimeException e) {
            if (!seeInterrupt()) {
                tally.brokerErrors.increment();
                errors.error();
                Duration wait = patience.failed(e);
                if (!errors.isAtLimit()) {
                    stop.await(wait);
                }
            }
        }
        return null;
    }

    /** An interrupt asks to stop. It is put aside, so that draining can wait, and restored at the end. */
    private boolean seeInterrupt() {
        if (Thread.interrupted()) {
            interrupted = true;
            stop.request();
            return true;
        }
        return false;
    }

    private Duration pollTimeout() {
        if (parked.areAskedFor()) {
            return Duration.ZERO;
        }
        return inFlight.messages() == 0 ? idlePoll() : BUSY_POLL;
    }

    private Duration idlePoll() {
        Duration configured = parts.settings().pollTimeout();
        return configured.isZero() || configured.compareTo(IDLE_POLL) > 0 ? IDLE_POLL : configured;
    }

    /** What is not done for each event: topics are paused, signs of life are noted. */
    private void lookAround(boolean well) {
        vitals.turned(well, inFlight.parkedMessages());
        Set<String> now = paused.now();
        if (!now.equals(pausedNow)) {
            LOG.info("Paused topics of group {}: {}", group, now);
            pausedNow = now;
            if (!paused.areAll(now)) {
                source.pause(keys.ownTopics().withRetryTopics(now));
            }
        }
        if (System.nanoTime() - lastLook > LOOK_NANOS) {
            lastLook = System.nanoTime();
            vitals.busy(lanes.look(Clock.systemUTC().instant()));
        }
    }

    private List<IncomingMessage> poll(int max, Duration timeout) {
        List<IncomingMessage> batch =
                source.poll(max, Math.max(1, options.maxInFlightBytes() - inFlight.bytes()), timeout);
        lastPoll = System.nanoTime();
        vitals.polled();
        return batch;
    }

    /** Lets the group know that this member lives, while there is no room for more. */
    private void keepAlive() {
        if (System.nanoTime() - lastPoll > KEEP_ALIVE_NANOS) {
            dispatch(poll(0, Duration.ZERO));
        }
    }

    /** Messages of a partition whose dead letters were not known yet when they came. */
    private void dispatchUndispatched() {
        if (!undispatched.isEmpty() && news.isKnownFor(undispatched)) {
            List<IncomingMessage> batch = undispatched;
            undispatched = List.of();
            dispatch(batch);
        }
    }

    private void dispatch(List<IncomingMessage> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (!undispatched.isEmpty() || !news.isKnownFor(batch)) {
            undispatched = Stream.concat(undispatched.stream(), batch.stream()).toList();
            return;
        }
        tally.received.add(batch.size());
        inFlight.read();
        for (IncomingMessage message : batch) {
            Held held = inFlight.hold(message);
            Task task = message.key() == null ? sorter.sort(held) : new Unsorted(held);
            if (task == null) {
                inFlight.finished(held);
            } else {
                lanes.add(chooser.choose(task), task);
            }
        }
        lanes.flush();
    }

    /** Called by lanes. */
    private void endWith(Error error) {
        fatal = error;
        lanes.abandon();
        stop.request();
    }

    private void acknowledge() {
        List<IncomingMessage> messages = inFlight.acknowledgeable();
        if (!messages.isEmpty()) {
            int count = inFlight.acknowledging();
            source.acknowledge(messages, () -> tally.acknowledged.add(count));
            inFlight.acknowledged();
        }
    }

    /** Receivers at work are waited for also where the broker takes no acknowledgement. */
    private void acknowledgeIfPossible() {
        try {
            acknowledge();
        } catch (RuntimeException e) {
            tally.brokerErrors.increment();
            LOG.debug("Group {} cannot acknowledge now", group, e);
        }
    }

    /** Waits for the lanes, at most for the drain timeout, and acknowledges what they finish. */
    private void drain() {
        if (fatal != null || errors.isAtLimit()) {
            lanes.abandon();
        } else {
            lanes.finish();
        }
        long start = System.nanoTime();
        long timeout = options.drainTimeout().toNanos();
        long left = timeout;
        while (!isDrained(left) && left > 0) {
            left = timeout - (System.nanoTime() - start);
        }
        if (inFlight.messages() > 0) {
            LOG.warn(
                    "Stopping with {} messages unfinished after {} s; they stay with group {}",
                    inFlight.messages(),
                    TimeUnit.NANOSECONDS.toSeconds(timeout - Math.max(0, left)),
                    group);
        }
    }

    /** Acknowledges what is finished, and waits a little, at most what is left, where there is more to come. */
    private boolean isDrained(long left) {
        seeInterrupt();
        vitals.turned();
        boolean ended = lanes.haveEnded();
        try {
            acknowledge();
            if (ended || inFlight.messages() == 0) {
                return true;
            }
            keepAlive();
            parked.readAgain(source);
            inFlight.awaitFinished(Math.min(left, LANES_WAIT_NANOS));
        } catch (RuntimeException e) {
            tally.brokerErrors.increment();
            inFlight.awaitFinished(Math.min(left, patience.failed(e).toNanos()));
        }
        return false;
    }

    /**
     * Lets go of partitions that become another member's: ends what is at work, at most for the drain timeout, and drops the
     * rest.
     */
    private void leave(Collection<Partition> partitions, Duration patience) {
        Duration shorter = patience.compareTo(options.drainTimeout()) < 0 ? patience : options.drainTimeout();
        long deadline = System.nanoTime() + shorter.toNanos();
        dropUndispatched(partitions);
        inFlight.recall(partitions);
        try {
            acknowledgeIfPossible();
            while (inFlight.isAtWork(partitions) && fatal == null && deadline - System.nanoTime() > 0) {
                inFlight.awaitFinished(LANES_WAIT_NANOS);
                acknowledgeIfPossible();
            }
        } finally {
            if (inFlight.isAtWork(partitions)) {
                LOG.warn("Group {} takes {} away while receivers are at work on them", group, partitions);
            }
            inFlight.forget(partitions);
            news.forget(partitions);
        }
    }

    private void dropUndispatched(Collection<Partition> partitions) {
        undispatched = undispatched.stream()
                .filter(message -> !partitions.contains(new Partition(message.topic(), message.partition())))
                .toList();
    }

    /** Hears what the source has to say while it polls. */
    private final class Ears implements SourceListener {
        private final java.util.function.Consumer<GroupIncident> incidents;

        Ears(java.util.function.Consumer<GroupIncident> incidents) {
            this.incidents = incidents;
        }

        @Override
        public void incident(GroupIncident incident) {
            incidents.accept(incident);
        }

        @Override
        public void leaving(Collection<Partition> partitions, Duration patience) {
            leave(partitions, patience);
        }

        @Override
        public void lost(Collection<Partition> partitions) {
            dropUndispatched(partitions);
            inFlight.recall(partitions);
            inFlight.forget(partitions);
            news.forget(partitions);
        }
    }

    @Override
    public void close() {
        news.close();
        health.close();
        deliverer.abandon();
        lanes.abandon();
        lanes.interrupt();
        try {
            source.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
