package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventProducer;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.ProduceException;
import dev.carillon.bus.jdbc.OutboxRow.Status;
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
 * Publishes rows of the outbox, keys side by side, and marks the rows that the broker has acknowledged. For the relay's thread. It may
 * lose its database connection and continue with another: rows that are in flight meanwhile are neither forgotten nor sent twice.
 */
final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    /** Published rows are marked after this time, or earlier when there are many. */
    private static final long MARK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

    /** How often rows are listed, at least, while a topic fails: its backoff may be over. */
    private static final long FAILING_POLL_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long MAX_WAIT = TimeUnit.SECONDS.toNanos(1);

    /** A query excludes at most this many keys by their hash. */
    private static final int MAX_EXCLUDED_KEYS = 1_000;

    private final EventProducer producer;
    private final RelayOptions options;
    private final RelayLease lease;
    private final FailingTopics failing = new FailingTopics();
    private final PublishQueue queue;
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private final List<Long> published = new ArrayList<>();
    private boolean sentSinceListing;
    private long listedAt;
    private long markedAt;

    /** What became of a row that was sent; without a row, it only wakes the relay's thread. */
    private record Result(@Nullable OutboxRow row, @Nullable Throwable failure) {}

    Publisher(EventProducer producer, RelayOptions options, RelayLease lease) {
        this.producer = producer;
        this.options = options;
        this.lease = lease;
        this.queue = new PublishQueue(options.batchSize());
        this.listedAt = System.nanoTime() - options.pollInterval().toNanos();
        this.markedAt = System.nanoTime();
    }

    /** Interrupts a wait of the relay's thread. May be called from any thread. */
    void wake() {
        results.add(new Result(null, null));
    }

    /** Sends what can be sent, then waits for a result or for the next poll. To be called while the lease is valid. */
    void runOnce(OutboxTable table) throws SQLException {
        queue.dropBehindSlow();
        if (queue.isExhausted() && nanosUntilListing() <= 0) {
            list(table);
        }
        read(table);
        send();
        awaitResults(table);
    }

    private long nanosUntilListing() {
        if (sentSinceListing && queue.inFlight() == 0) {
            return 0;
        }
        long poll = options.pollInterval().toNanos();
        return listedAt + (failing.isEmpty() ? poll : Math.min(poll, FAILING_POLL_INTERVAL)) - System.nanoTime();
    }

    private void list(OutboxTable table) throws SQLException {
        mark(table);
        Set<String> topics = new HashSet<>(queue.topics());
        topics.removeIf(topic -> !failing.isProbing(topic));
        topics.addAll(failing.topicsBackingOff());
        Set<Long> keys = new HashSet<>(queue.dropBehindSlow());
        keys.addAll(failing.keysBackingOff());
        listedAt = System.nanoTime();
        sentSinceListing = false;
        queue.setListedIds(
                table.waitingIds(topics, keys.stream().limit(MAX_EXCLUDED_KEYS).toList()));
    }

    private void read(OutboxTable table) throws SQLException {
        List<Long> ids = queue.takeIdsToRead();
        if (ids.isEmpty()) {
            return;
        }
        int fitting = table.countFitting(ids);
        queue.returnIds(ids.subList(fitting, ids.size()));
        // a row behind one that backs off must not pass it, even when the backoff ends while this loop runs
        Set<Long> skippedKeys = new HashSet<>();
        for (OutboxRow row : table.read(ids.subList(0, fitting))) {
            boolean hasProbe = failing.isProbing(row.topic()) && queue.topics().contains(row.topic());
            if (hasProbe || skippedKeys.contains(row.orderHash()) || failing.isBackingOff(row)) {
                skippedKeys.add(row.orderHash());
                queue.clearListedIds(); // the next listing excludes such rows
            } else {
                queue.add(row);
            }
        }
    }

    private void send() {
        while (lease.isValid()) {
            OutboxRow row = queue.takeNext();
            if (row == null) {
                return;
            }
            sentSinceListing = true;
            EncodedEvent event = row.event();
            if (event == null) {
                results.add(new Result(row, new UnpublishableException("the row does not hold an event", null)));
            } else {
                send(row, event);
            }
        }
    }

    /** Adds a result whatever happens: a key without one would be stuck. */
    @SuppressWarnings("FutureReturnValueIgnored") // the result comes through the queue
    private void send(OutboxRow row, EncodedEvent event) {
        try {
            producer.send(event).whenComplete((position, failure) -> results.add(new Result(row, failure)));
        } catch (RuntimeException | Error e) {
            results.add(new Result(row, e));
        }
    }

    /** Handles the results that are there. Where there is none, waits for one as long as there is nothing else to do. */
    private void awaitResults(OutboxTable table) throws SQLException {
        long wait = Math.min(MAX_WAIT, TimeUnit.MILLISECONDS.toNanos(lease.millisUntilRenewal()));
        if (queue.canRead()) {
            wait = 0;
        } else if (queue.isExhausted()) {
            wait = Math.min(wait, nanosUntilListing());
        }
        if (!published.isEmpty()) {
            wait = Math.min(wait, markedAt + MARK_INTERVAL - System.nanoTime());
        }
        handleResults(wait, table);
        if (published.size() >= options.batchSize() || System.nanoTime() - markedAt > MARK_INTERVAL) {
            mark(table);
        }
    }

    /** Dead-letters unpublishable rows in this table; without one, leaves them to the relay that has the lease. */
    private void handleResults(long nanos, @Nullable OutboxTable deadLetterIn) throws SQLException {
        Result result;
        try {
            result = results.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        while (result != null) {
            OutboxRow row = result.row();
            if (row != null) {
                handleResult(row, result.failure(), deadLetterIn);
            }
            result = results.poll();
        }
    }

    private void handleResult(OutboxRow row, @Nullable Throwable failure, @Nullable OutboxTable deadLetterIn)
            throws SQLException {
        queue.onCompleted(row);
        Throwable cause =
                failure instanceof ProduceException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            published.add(row.id());
            failing.onBrokerResponse(row);
        } else if (cause instanceof UnpublishableException) {
            failing.onBrokerResponse(row);
            if (deadLetterIn != null) {
                deadLetter(row, cause, deadLetterIn);
            }
        } else {
            failing.onFailure(row, cause);
            queue.dropTopic(row.topic());
        }
    }

    private void deadLetter(OutboxRow row, Throwable cause, OutboxTable table) throws SQLException {
        boolean blocks = options.onUnpublishable() == OnUnpublishable.BLOCK;
        if (blocks) {
            queue.dropKey(row.orderHash());
        }
        Status status = blocks ? Status.DEAD_LETTERED_BLOCKING : Status.DEAD_LETTERED;
        if (table.deadLetter(row.id(), status, String.valueOf(cause.getMessage()))) {
            LOG.error(
                    "Outbox row {} (topic {}) cannot be published and is dead-lettered{}: {}",
                    row.id(),
                    row.topic(),
                    blocks ? "; the events behind it with its key are blocked until it is redriven or discarded" : "",
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

    /** Sends nothing more, because another relay may publish now. Results of rows in flight are still handled by {@link #drain}. */
    void standBy() {
        queue.dropAll();
    }

    /** Marks the rows in flight that the broker has acknowledged meanwhile; waits at most this long for the next result. */
    void drain(OutboxTable table, Duration timeout) throws SQLException {
        handleResults(timeout.toNanos(), null);
        mark(table);
    }

    int inFlight() {
        return queue.inFlight();
    }
}
