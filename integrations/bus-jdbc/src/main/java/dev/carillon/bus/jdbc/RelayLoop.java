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

/** A relay's thread: keeps a connection and the lease, publishes while it has both, and purges the table. */
final class RelayLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration MAX_DATABASE_RETRY_DELAY = Duration.ofSeconds(2);

    /** Without it, a connection whose network is gone would never fail. */
    private static final int NETWORK_TIMEOUT_MILLIS = 30_000;

    /** How long to wait for rows in flight before the thread ends. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    private static final int POLLS_PER_LEASE = 6;
    private static final Duration MAX_STAND_BY_INTERVAL = Duration.ofMillis(500);
    private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);
    private static final Duration PURGE_INTERVAL_WHILE_BEHIND = Duration.ofMillis(100);

    private final DataSource dataSource;
    private final RelayOptions options;
    private final Ordering ordering;
    private final RelayLease lease;
    private final Publisher publisher;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final RetryTimer database = new RetryTimer(MAX_DATABASE_RETRY_DELAY);
    private boolean publishing;
    private boolean isWriteDelayChecked;
    private long purgeAt = System.nanoTime();

    RelayLoop(DataSource dataSource, EventProducer producer, RelayOptions options) {
        this.dataSource = dataSource;
        this.options = options;
        this.ordering = Ordering.of(producer);
        this.lease = new RelayLease(options.lease(), Clock.systemUTC());
        this.publisher = new Publisher(producer, options, lease);
    }

    /** Asks the thread to end soon; does not wait for it. May be called from any thread. */
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
                publishUntilStopped(connection);
            } catch (SQLException | RuntimeException | Error e) {
                onFailure(e); // an Error, too: otherwise publishing would end without a log line
            }
        }
    }

    /** Logs the first of several consecutive failures; an unexpected one with its stack trace. */
    private void onFailure(Throwable failure) {
        publisher.standBy();
        boolean first = !database.isFailing();
        long delay = database.onFailure(System.nanoTime());
        if (first && failure instanceof SQLException) {
            LOG.warn(
                    "Outbox relay lost its database connection; retrying in {} ms, and then at least every {} s: {}",
                    TimeUnit.NANOSECONDS.toMillis(delay),
                    MAX_DATABASE_RETRY_DELAY.toSeconds(),
                    failure.getMessage());
        } else if (first) {
            LOG.error(
                    "Outbox relay failed unexpectedly; retrying in {} ms, and then at least every {} s",
                    TimeUnit.NANOSECONDS.toMillis(delay),
                    MAX_DATABASE_RETRY_DELAY.toSeconds(),
                    failure);
        }
        pause(delay);
    }

    @SuppressWarnings("ReturnValueIgnored") // the caller asks isStopped()
    private void pause(long nanos) {
        try {
            stopped.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishUntilStopped(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        if (!isWriteDelayChecked) {
            isWriteDelayChecked = true;
            WriteDelay.warnIfSet(connection);
        }
        OutboxTable table = new OutboxTable(connection, ordering);
        while (!isStopped()) {
            runOnce(connection, table);
            if (database.isFailing()) {
                database.onSuccess();
                LOG.info("Outbox relay has recovered and continues");
            }
        }
        finish(connection, table);
    }

    private void runOnce(Connection connection, OutboxTable table) throws SQLException {
        if (!lease.isValid()) {
            publisher.standBy(); // another relay may have published the rows in memory
        }
        if (lease.millisUntilRenewal() <= 0) {
            lease.acquire(connection);
        }
        boolean active = lease.isValid();
        if (active != publishing) {
            publishing = active;
            LOG.info(
                    active
                            ? "Outbox relay has the lease and publishes"
                            : "Outbox relay stands by: another relay has the lease");
        }
        if (active) {
            publisher.runOnce(table);
            purgeWhenDue(table);
        } else {
            publisher.drain(table, standByInterval());
        }
    }

    private Duration standByInterval() {
        Duration part = options.lease().dividedBy(POLLS_PER_LEASE);
        return part.compareTo(MAX_STAND_BY_INTERVAL) > 0 ? MAX_STAND_BY_INTERVAL : part;
    }

    private void purgeWhenDue(OutboxTable table) throws SQLException {
        if (System.nanoTime() - purgeAt >= 0) {
            boolean more = table.purgeBatch(options.retention());
            boolean often = more || options.retention().compareTo(PURGE_INTERVAL) < 0;
            purgeAt = System.nanoTime() + (often ? PURGE_INTERVAL_WHILE_BEHIND : PURGE_INTERVAL).toNanos();
        }
    }

    /** Waits for the rows in flight as long as this relay has the lease, and releases it, so that another relay takes over at once. */
    private void finish(Connection connection, OutboxTable table) throws SQLException {
        publisher.standBy();
        long deadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
        boolean isOurs = lease.isValid() && !Thread.currentThread().isInterrupted();
        while (isOurs && publisher.inFlight() > 0 && System.nanoTime() - deadline < 0) {
            publisher.drain(table, standByInterval());
            if (lease.millisUntilRenewal() <= 0) {
                isOurs = lease.acquire(connection);
            }
        }
        publisher.drain(table, Duration.ZERO);
        lease.release(connection);
    }
}
