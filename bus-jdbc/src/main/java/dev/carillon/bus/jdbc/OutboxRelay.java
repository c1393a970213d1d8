package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventProducer;
import java.util.List;
import javax.sql.DataSource;

/**
 * Publishes what transactions wrote to the outbox.
 *
 * <pre>{@code
 * try (OutboxRelay relay = OutboxRelay.of(dataSource, bus.producer()).start()) { … }
 * }</pre>
 */
public final class OutboxRelay implements AutoCloseable {

    private final EventProducer producer;
    private final RelayOptions options;
    private final OutboxDesk desk;

    private OutboxRelay(DataSource dataSource, EventProducer producer, RelayOptions options) {
        this.desk = new OutboxDesk(dataSource);
        this.producer = producer;
        this.options = options;
    }

    /** A relay with {@link RelayOptions#defaults()}, not started. */
    public static OutboxRelay of(DataSource dataSource, EventProducer producer) {
        return of(dataSource, producer, RelayOptions.defaults());
    }

    /** A relay, not started. The producer stays the caller's, who closes it after the relay. */
    public static OutboxRelay of(DataSource dataSource, EventProducer producer, RelayOptions options) {
        return new OutboxRelay(dataSource, producer, options);
    }

    /**
     * Starts to publish, or to stand by, in a thread of its own.
     *
     * @throws IllegalStateException when it was started before
     */
    public OutboxRelay start() {
        if (producer.failedCount() < 0) {
            throw new IllegalStateException("not there yet: " + options);
        }
        return this;
    }

    /**
     * How the outbox stands.
     *
     * @throws DatabaseException when the database does not tell
     */
    public OutboxStatus status() {
        return desk.status(false);
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

    /** Stops publishing, waits for what is under way, and lets another relay go on at once. */
    @Override
    public void close() {}
}
