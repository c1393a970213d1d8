package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.MessageSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a consumer: polls, hands to lanes, acknowledges. Everything here happens in one thread but the lanes' work. */
final class ConsumerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    /** The longest wait for new messages while lanes are at work, whose finished messages wait to be acknowledged. */
    private static final Duration BUSY_POLL = Duration.ofMillis(20);

    /** The longest wait for new messages at all, so that stopping takes no longer. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private static final long LANES_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MessageSource source;
    private final String group;
    private final ConsumerOptions options;
    private final ConsumerParts parts;
    private final Tally tally;
    private final StopSignal stop;
    private final InFlight inFlight;
    private final ErrorStreak errors;
    private final BrokerPatience patience;
    private final MessageSorter sorter;
    private final LaneChooser chooser;
    private final Deliverer deliverer;
    private final List<Lane> lanes = new ArrayList<>();
    private long lastPoll = System.nanoTime();
    private volatile @Nullable Error fatal;

    ConsumerLoop(
            MessageSource source,
            String group,
            ConsumerOptions options,
            ConsumerParts parts,
            Tally tally,
            StopSignal stop) {
        this.source = source;
        this.group = group;
        this.options = options;
        this.parts = parts;
        this.tally = tally;
        this.stop = stop;
        this.inFlight = new InFlight(source.ackMode());
        this.errors = new ErrorStreak(parts.settings().consecutiveErrorsLimit());
        this.patience = new BrokerPatience(Clock.systemUTC(), parts.settings().pollFailureSleep());
        this.sorter = new MessageSorter(parts.events(), parts.codecs(), parts.headerNames(), tally);
        this.chooser =
                new LaneChooser(options.lanes(), parts.producerConfig(), options.keyFields(), parts.topicNames());
        this.deliverer = new Deliverer(group, parts.events(), options.failurePolicy(), parts.audit(), tally, errors);
        for (int i = 0; i < options.lanes(); i++) {
            lanes.add(new Lane("carillon-" + group + "-lane-" + i, this::deliver));
        }
    }

    StopReason run() {
        lanes.forEach(Lane::start);
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
        if (stop.isRequested() || errors.isAtLimit()) {
            return StopReason.STOPPED;
        }
        try {
            acknowledge();
            if (options.maxEvents() > 0 && tally.delivered.sum() >= options.maxEvents()) {
                return StopReason.MAX_EVENTS;
            }
            int room = room();
            if (room > 0) {
                dispatch(poll(room, inFlight.messages() == 0 ? idlePoll() : BUSY_POLL));
            } else {
                keepAlive();
                inFlight.awaitFinished(LANES_WAIT_NANOS);
            }
            patience.answered();
        } catch (RuntimeException e) {
            tally.brokerErrors.increment();
            errors.error();
            stop.await(patience.failed(e));
        }
        return null;
    }

    private Duration idlePoll() {
        Duration configured = parts.settings().pollTimeout();
        return configured.compareTo(IDLE_POLL) < 0 ? configured : IDLE_POLL;
    }

    /** How many messages may be asked for now. */
    private int room() {
        if (inFlight.bytes() >= options.maxInFlightBytes()) {
            return 0;
        }
        long room = Math.min(options.batchSize(), options.maxInFlight() - inFlight.messages());
        if (options.maxEvents() > 0) {
            room = Math.min(room, options.maxEvents() - tally.delivered.sum() - inFlight.messages());
        }
        return (int) Math.max(0, room);
    }

    private List<IncomingMessage> poll(int max, Duration timeout) {
        List<IncomingMessage> batch = source.poll(max, timeout);
        lastPoll = System.nanoTime();
        return batch;
    }

    /** Lets the group know that this member lives, while there is no room for more. */
    private void keepAlive() {
        if (System.nanoTime() - lastPoll > KEEP_ALIVE_NANOS) {
            dispatch(poll(0, Duration.ZERO));
        }
    }

    private void dispatch(List<IncomingMessage> batch) {
        if (batch.isEmpty()) {
            return;
        }
        tally.received.add(batch.size());
        List<List<Delivery<?>>> byLane = new ArrayList<>(Collections.nCopies(lanes.size(), List.of()));
        for (IncomingMessage message : batch) {
            Held held = inFlight.hold(message);
            try {
                Delivery<?> delivery = sorter.sort(held);
                if (delivery == null) {
                    inFlight.finished(held);
                } else {
                    add(byLane, chooser.choose(delivery), delivery);
                }
            } catch (RuntimeException e) {
                deliverer.unusable(held, e);
                inFlight.finished(held);
            }
        }
        for (int i = 0; i < byLane.size(); i++) {
            if (!byLane.get(i).isEmpty()) {
                lanes.get(i).add(byLane.get(i));
            }
        }
    }

    private static void add(List<List<Delivery<?>>> byLane, int lane, Delivery<?> delivery) {
        if (byLane.get(lane).isEmpty()) {
            byLane.set(lane, new ArrayList<>());
        }
        byLane.get(lane).add(delivery);
    }

    /** Called by lanes. */
    private void deliver(Delivery<?> delivery) {
        try {
            deliverer.deliver(delivery);
        } catch (RuntimeException e) {
            LOG.error("The failure policy failed on {}; the event is acknowledged", delivery.message(), e);
        } catch (Error e) {
            LOG.error("The consumer ends; {} stays unacknowledged", delivery.message(), e);
            fatal = e;
            stop.request();
            return;
        }
        inFlight.finished(delivery.held());
    }

    private void acknowledge() {
        List<IncomingMessage> messages = inFlight.acknowledgeable();
        if (!messages.isEmpty()) {
            source.acknowledge(messages);
            tally.acknowledged.add(inFlight.acknowledged());
        }
    }

    /** Waits for the lanes, at most for the drain timeout, and acknowledges what they finish. */
    private void drain() {
        long deadline = System.nanoTime() + options.drainTimeout().toNanos();
        while (inFlight.messages() > 0 && System.nanoTime() < deadline && fatal == null) {
            inFlight.awaitFinished(LANES_WAIT_NANOS);
            try {
                acknowledge();
                keepAlive();
            } catch (RuntimeException e) {
                inFlight.awaitFinished(patience.failed(e).toNanos());
            }
        }
        if (inFlight.messages() > 0) {
            LOG.warn(
                    "Stopping with {} messages unfinished after {} s; they stay with group {}",
                    inFlight.messages(),
                    options.drainTimeout().toSeconds(),
                    group);
        }
    }

    @Override
    public void close() {
        boolean unfinished = inFlight.messages() > 0;
        lanes.forEach(lane -> lane.stop(unfinished));
        source.close();
    }
}
