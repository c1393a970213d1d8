package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventProducer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay's thread: keeps a connection and the lease, publishes while it has both, purges now and then. */
final class RelayLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration LONGEST_WAIT_FOR_DATABASE = Duration.ofSeconds(2);

    /** A database that does not answer for so long is given up: the network in between may be gone. */
    private static final int NETWORK_TIMEOUT_MILLIS = 30_000;

    /** So long is waited for what is under way, at the end. */
    private static final Duration DRAINING = Duration.ofSeconds(10);

    private static final int ASKS_A_LEASE = 6;
    private static final Duration LONGEST_STANDING_BY = Duration.ofMillis(500);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(1);
    private static final Duration PURGE_AGAIN = Duration.ofMillis(100);

    private final DataSource dataSource;
    private final RelayOptions options;
    private final Lanes lanes;
    private final Lease lease;
    private final Publisher publisher;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Backoff database = new Backoff(LONGEST_WAIT_FOR_DATABASE);
    private boolean publishing;
    private boolean seenDatabase;
    private long purgeAt = System.nanoTime();

    RelayLoop(DataSource dataSource, EventProducer producer, RelayOptions options) {
        this.dataSource = dataSource;
        this.options = options;
        this.lanes = Lanes.of(producer);
        this.lease = new Lease(options.lease(), Clock.systemUTC());
        this.publisher = new Publisher(producer, options, lease);
    }

    /** Has it end soon. May be called from any thread. */
    void stop() {
        stopped.countDown();
        publisher.wake();
    }

    /** Whether this relay may publish now. May be called from any thread. */
    boolean isActive() {
        return lease.isValid();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try (Connection connection = dataSource.getConnection()) {
                work(connection);
            } catch (SQLException | RuntimeException | Error e) {
                failed(e); // also an Error: nobody else would tell that nothing is published any more
            }
        }
    }

    /** Says so once. What nobody foresaw is shown with its stack trace. */
    private void failed(Throwable failure) {
        publisher.standBy();
        boolean first = !database.isInTrouble();
        long wait = database.failed(System.nanoTime());
        if (first && failure instanceof SQLException) {
            LOG.warn(
                    "The relay of the outbox lost its database, and tries again without end: {}", failure.getMessage());
        } else if (first) {
            LOG.error("The relay of the outbox failed, and tries again without end", failure);
        }
        pause(wait);
    }

    @SuppressWarnings("ReturnValueIgnored") // isStopped() tells
    private void pause(long nanos) {
        try {
            stopped.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        if (!seenDatabase) {
            seenDatabase = true;
            WriteDelay.warn(connection);
        }
        OutboxTable table = new OutboxTable(connection, lanes);
        while (!isStopped()) {
            step(connection, table);
            if (database.isInTrouble()) {
                database.succeeded();
                LOG.info("The relay of the outbox works again");
            }
        }
        finish(connection, table);
    }

    private void step(Connection connection, OutboxTable table) throws SQLException {
        if (!lease.isValid()) {
            publisher.standBy(); // another may have published what was read
        }
        if (lease.millisUntilDue() <= 0) {
            lease.acquire(connection);
        }
        boolean active = lease.isValid();
        if (active != publishing) {
            publishing = active;
            LOG.info(
                    active
                            ? "This relay publishes the outbox"
                            : "Another relay publishes the outbox; this one stands by");
        }
        if (active) {
            publisher.turn(table);
            purgeWhenDue(table);
        } else {
            publisher.settle(table, standingBy());
        }
    }

    private Duration standingBy() {
        Duration part = options.lease().dividedBy(ASKS_A_LEASE);
        return part.compareTo(LONGEST_STANDING_BY) > 0 ? LONGEST_STANDING_BY : part;
    }

    private void purgeWhenDue(OutboxTable table) throws SQLException {
        if (System.nanoTime() - purgeAt >= 0) {
            boolean more = table.purgeSome(options.keepPublished());
            boolean often = more || options.keepPublished().compareTo(PURGE_EVERY) < 0;
            purgeAt = System.nanoTime() + (often ? PURGE_AGAIN : PURGE_EVERY).toNanos();
        }
    }

    /** Waits for what is under way, as long as the lease is ours, and hands it over. */
    private void finish(Connection connection, OutboxTable table) throws SQLException {
        publisher.standBy();
        long deadline = System.nanoTime() + DRAINING.toNanos();
        boolean ours = lease.isValid() && !Thread.currentThread().isInterrupted();
        while (ours && publisher.underWay() > 0 && System.nanoTime() - deadline < 0) {
            publisher.settle(table, standingBy());
            if (lease.millisUntilDue() <= 0) {
                ours = lease.acquire(connection);
            }
        }
        publisher.settle(table, Duration.ZERO);
        lease.release(connection);
    }
}
