package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventProducer;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Publishes what transactions wrote to the outbox: each event at least once, those of one topic and key in the order in which
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
 * <p>Each instance of a service may run one. One of them publishes, the others stand by, and one takes over when it is not heard
 * of for the time of the lease ({@link RelayOptions}). A broker or a database that is away is waited for, without end: the table
 * grows meanwhile. What the broker will never take is parked. Thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final EventProducer producer;
    private final OutboxDesk desk;
    private final RelayLoop loop;
    private final Thread thread;

    private OutboxRelay(DataSource dataSource, EventProducer producer, RelayOptions options) {
        this.producer = producer;
        this.desk = new OutboxDesk(dataSource, Lanes.of(producer));
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
     * @param dataSource gives connections, of which the relay keeps one
     * @param producer publishes; it stays the caller's. Closing it, or its bus, closes the relay before
     */
    public static OutboxRelay of(DataSource dataSource, EventProducer producer, RelayOptions options) {
        return new OutboxRelay(dataSource, producer, options);
    }

    /**
     * Starts to publish, or to stand by, in a thread of its own.
     *
     * @return this relay
     * @throws IllegalThreadStateException when it was started before
     */
    public OutboxRelay start() {
        thread.start();
        producer.addUser(this);
        return this;
    }

    /**
     * How the outbox stands. Also of a relay that was not started.
     *
     * @throws DatabaseException when the database does not tell
     */
    public OutboxStatus status() {
        return desk.status(loop.isActive());
    }

    /**
     * What could not be published, in the order written, at most a thousand.
     *
     * @throws DatabaseException when the database does not tell
     */
    public List<ParkedEvent> parked() {
        return desk.parked();
    }

    /**
     * Has a parked event published after all.
     *
     * @param id see {@link ParkedEvent#id}
     * @return whether it was parked
     * @throws DatabaseException when the database does not do it
     */
    public boolean release(long id) {
        return desk.release(id);
    }

    /**
     * Gives a parked event up; those that it held go on. It is deleted as late as one that was published.
     *
     * @param id see {@link ParkedEvent#id}
     * @return whether it was parked
     * @throws DatabaseException when the database does not do it
     */
    public boolean discard(long id) {
        return desk.discard(id);
    }

    /**
     * Stops publishing, waits for what is under way (10 s at most), and lets another relay go on at once. What the broker did not
     * take by then waits in the table. Closing it again does nothing more.
     */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.removeUser(this);
    }
}
