package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventProducer;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Publishes the events that transactions wrote to the outbox: each at least once, and those of one topic and key in the order in which
 * their transactions committed (see {@link JdbcOutbox}).
 *
 * <pre>{@code
 * try (EventBus bus = EventBus.open(settings, events);
 *         OutboxRelay relay = OutboxRelay.of(dataSource, bus.producer())) {
 *     relay.start();
 *     …
 * }
 * }</pre>
 *
 * <p>Each instance of a service may run a relay. One of them publishes; the others stand by, and one takes over when the lease of the
 * first has expired ({@link RelayOptions#withLease}). While the broker or the database is unavailable, the relay retries until it is
 * back, and events accumulate in the table. An event that the broker refuses for good is dead-lettered: it stays in the table until it
 * is redriven or discarded. Thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final EventProducer producer;
    private final OutboxAdmin admin;
    private final RelayLoop loop;
    private final Thread thread;

    private OutboxRelay(DataSource dataSource, EventProducer producer, RelayOptions options) {
        this.producer = producer;
        this.admin = new OutboxAdmin(dataSource, Ordering.of(producer));
        this.loop = new RelayLoop(dataSource, producer, options);
        this.thread = new Thread(loop, "carillon-outbox-relay");
        thread.setDaemon(true);
    }

    /** A relay with {@link RelayOptions#defaults()}, not started. */
    public static OutboxRelay of(DataSource dataSource, EventProducer producer) {
        return of(dataSource, producer, RelayOptions.defaults());
    }

    /**
     * A relay, not started.
     *
     * @param dataSource the database of the outbox; a running relay keeps one connection
     * @param producer publishes the events. The relay does not close it; but closing the producer, or its bus, closes the relay first
     */
    public static OutboxRelay of(DataSource dataSource, EventProducer producer, RelayOptions options) {
        return new OutboxRelay(dataSource, producer, options);
    }

    /**
     * Starts to publish, or to stand by, in a thread of its own. Returns at once.
     *
     * @return this relay
     * @throws IllegalThreadStateException when the relay was started before
     */
    public OutboxRelay start() {
        thread.start();
        producer.addDependent(this);
        return this;
    }

    /**
     * A snapshot of the outbox. Works for a relay that was not started, too.
     *
     * @throws DatabaseException when the query fails
     */
    public OutboxStatus status() {
        return admin.status(loop.isActive());
    }

    /**
     * The events that could not be published, in the order in which they were written, at most 1,000 of them.
     *
     * @throws DatabaseException when the query fails
     */
    public List<DeadLetteredEvent> deadLetteredEvents() {
        return admin.deadLetteredEvents();
    }

    /**
     * Has a dead-lettered event published again, and the events that it blocked after it.
     *
     * @param id see {@link DeadLetteredEvent#id}
     * @return false when there is no dead-lettered event with this id
     * @throws DatabaseException when the update fails
     */
    public boolean redrive(long id) {
        return admin.redrive(id);
    }

    /**
     * Gives up a dead-lettered event; the events that it blocked are published. The row is deleted when the retention is over, like
     * that of a published event.
     *
     * @param id see {@link DeadLetteredEvent#id}
     * @return false when there is no dead-lettered event with this id
     * @throws DatabaseException when the update fails
     */
    public boolean discard(long id) {
        return admin.discard(id);
    }

    /**
     * Stops publishing, waits up to 10 s for the events in flight, and releases the lease, so that another relay takes over at once.
     * Events that the broker has not acknowledged by then stay in the table. Closing a relay again has no effect.
     */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.removeDependent(this);
    }
}
