package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventProducer;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.ProduceException;
import dev.carillon.bus.transport.UnpublishableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the table to the broker, lanes side by side, and marks what the broker has. For the relay's thread, which may
 * lose its connection and come back with another: what is under way meanwhile is neither forgotten nor sent twice.
 */
final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    /** What is published is marked after this time, if there are not many before. */
    private static final long MARK_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

    /** How often to look for what may be tried again. */
    private static final long TROUBLED_POLL = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private static final int MOST_LANES_NAMED = 1_000;

    private final EventProducer producer;
    private final RelayOptions options;
    private final Lease lease;
    private final Troubles troubles = new Troubles();
    private final Backlog backlog;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<Long> published = new ArrayList<>();
    private boolean sentSinceListing;
    private long listedAt;
    private long markedAt;

    /** What became of an event; one without row only wakes. */
    private record Answer(@Nullable OutboxRow row, @Nullable Throwable failure) {}

    Publisher(EventProducer producer, RelayOptions options, Lease lease) {
        this.producer = producer;
        this.options = options;
        this.lease = lease;
        this.backlog = new Backlog(options.batchSize());
        this.listedAt = System.nanoTime() - options.pollInterval().toNanos();
        this.markedAt = System.nanoTime();
    }

    /** Ends the waiting of the relay's thread. May be called from any thread. */
    void wake() {
        answers.add(new Answer(null, null));
    }

    /** One step while the lease is ours: sends what can be sent, then waits for an answer, or for something new. */
    void turn(OutboxTable table) throws SQLException {
        backlog.dropBehindSlow();
        if (backlog.isExhausted() && untilListing() <= 0) {
            list(table);
        }
        read(table);
        send();
        await(table);
    }

    private long untilListing() {
        if (sentSinceListing && backlog.underWay() == 0) {
            return 0;
        }
        long poll = options.pollInterval().toNanos();
        return listedAt + (troubles.isEmpty() ? poll : Math.min(poll, TROUBLED_POLL)) - System.nanoTime();
    }

    private void list(OutboxTable table) throws SQLException {
        mark(table);
        Set<String> topics = new HashSet<>(backlog.topics());
        topics.removeIf(topic -> !troubles.isOnProbation(topic));
        topics.addAll(troubles.waitingTopics());
        Set<Long> lanes = new HashSet<>(backlog.dropBehindSlow());
        lanes.addAll(troubles.waitingLanes());
        listedAt = System.nanoTime();
        sentSinceListing = false;
        backlog.listed(
                table.waiting(topics, lanes.stream().limit(MOST_LANES_NAMED).toList()));
    }

    private void read(OutboxTable table) throws SQLException {
        List<Long> ids = backlog.toRead();
        if (ids.isEmpty()) {
            return;
        }
        int fitting = table.fitting(ids);
        backlog.giveBack(ids.subList(fitting, ids.size()));
        Set<Long> waiting =
                new HashSet<>(); // those behind one that waits do so, too, even where its time is up meanwhile
        for (OutboxRow row : table.read(ids.subList(0, fitting))) {
            boolean taken =
                    troubles.isOnProbation(row.topic()) && backlog.topics().contains(row.topic());
            if (taken || waiting.contains(row.lane()) || troubles.isWaiting(row)) {
                waiting.add(row.lane());
                backlog.forgetListed(); // more of the kind would follow; the next list is without it
            } else {
                backlog.add(row);
            }
        }
    }

    private void send() {
        while (lease.isValid()) {
            OutboxRow row = backlog.next();
            if (row == null) {
                return;
            }
            sentSinceListing = true;
            EncodedEvent event = row.event();
            if (event == null) {
                answers.add(new Answer(row, new UnpublishableException("the row does not hold an event", null)));
            } else {
                send(row, event);
            }
        }
    }

    /** Whatever happens, there is an answer: a lane without one would stand still. */
    @SuppressWarnings("FutureReturnValueIgnored") // the answer comes by the queue
    private void send(OutboxRow row, EncodedEvent event) {
        try {
            producer.send(event).whenComplete((position, failure) -> answers.add(new Answer(row, failure)));
        } catch (RuntimeException | Error e) {
            answers.add(new Answer(row, e));
        }
    }

    /** Takes the answers that are there; where there are none, waits for one while there is nothing else to do. */
    private void await(OutboxTable table) throws SQLException {
        long wait = Math.min(LONGEST_WAIT, TimeUnit.MILLISECONDS.toNanos(lease.millisUntilDue()));
        if (backlog.hasRoomForListed()) {
            wait = 0;
        } else if (backlog.isExhausted()) {
            wait = Math.min(wait, untilListing());
        }
        if (!published.isEmpty()) {
            wait = Math.min(wait, markedAt + MARK_EVERY - System.nanoTime());
        }
        takeAnswers(table, wait, true);
        if (published.size() >= options.batchSize() || System.nanoTime() - markedAt > MARK_EVERY) {
            mark(table);
        }
    }

    private void takeAnswers(OutboxTable table, long nanos, boolean parks) throws SQLException {
        Answer answer;
        try {
            answer = answers.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        while (answer != null) {
            OutboxRow row = answer.row();
            if (row != null) {
                answered(row, answer.failure(), parks ? table : null);
            }
            answer = answers.poll();
        }
    }

    private void answered(OutboxRow row, @Nullable Throwable failure, @Nullable OutboxTable parkIn)
            throws SQLException {
        backlog.answered(row);
        Throwable cause =
                failure instanceof ProduceException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            published.add(row.id());
            troubles.answered(row);
        } else if (cause instanceof UnpublishableException) {
            troubles.answered(row);
            if (parkIn != null) {
                park(row, cause, parkIn);
            }
        } else {
            troubles.failed(row, cause);
            backlog.dropTopic(row.topic());
        }
    }

    private void park(OutboxRow row, Throwable cause, OutboxTable table) throws SQLException {
        boolean hold = options.onUnpublishable() == OnUnpublishable.HOLD;
        if (hold) {
            backlog.dropLane(row.lane());
        }
        if (table.park(row.id(), hold ? Status.HELD : Status.PARKED, String.valueOf(cause.getMessage()))) {
            LOG.error(
                    "An event cannot be published, and is parked in the outbox, row {}{}: {}",
                    row.id(),
                    hold ? "; those behind it on its topic and key wait until it is released or discarded" : "",
                    cause.getMessage());
        }
    }

    private void mark(OutboxTable table) throws SQLException {
        markedAt = System.nanoTime();
        if (!published.isEmpty()) {
            table.markPublished(published);
            published.clear();
        }
    }

    /** Sends no more: another relay does. What the broker takes of what is under way is still marked, by whoever has a connection. */
    void standBy() {
        backlog.dropAll();
        backlog.forgetListed();
    }

    /** Marks what the broker has meanwhile, waiting at most so long for the next answer. */
    void settle(OutboxTable table, Duration atMost) throws SQLException {
        takeAnswers(table, atMost.toNanos(), false);
        mark(table);
    }

    int underWay() {
        return backlog.underWay();
    }
}
