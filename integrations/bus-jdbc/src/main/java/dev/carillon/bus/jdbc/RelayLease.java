package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to publish, which one relay has at a time, by the database's clock. Its owner counts the time from before the request, so
 * that it stops before another relay can take over. For the relay's thread; any thread may call {@link #isValid}.
 */
final class RelayLease {

    private static final String NAME = "outbox";
    private static final int RENEWALS_PER_LEASE = 3;

    private final String owner = UUID.randomUUID().toString();
    private final long leaseMillis;
    private final Clock clock;
    private volatile @Nullable Grant grant;

    /** When the lease was requested, by both clocks. */
    private record Grant(long nanos, long millis) {}

    RelayLease(Duration lease, Clock clock) {
        this.leaseMillis = lease.toMillis();
        this.clock = clock;
    }

    /** Takes the lease if it is free, or renews it; returns whether this relay has it. */
    boolean acquire(Connection connection) throws SQLException {
        String free = "(owner = '" + owner + "' OR until_ms <= "
                + Dialect.of(connection).now() + ")";
        if (!extend(connection, free)) {
            insertRow(connection);
        }
        return isValid();
    }

    /** A new table has no row yet: inserts one that no relay owns. */
    private static void insertRow(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO carillon_outbox_relay (name, owner,"
                + " until_ms) SELECT ?, '', 0 FROM (SELECT COUNT(*) AS present FROM carillon_outbox_relay WHERE name = ?) known"
                + " WHERE known.present = 0")) {
            insert.setString(1, NAME);
            insert.setString(2, NAME);
            insert.executeUpdate();
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith("23")) {
                throw e;
            }
            // another relay has inserted it at the same time
        }
    }

    private boolean extend(Connection connection, String condition) throws SQLException {
        Grant requested = new Grant(System.nanoTime(), clock.millis());
        boolean granted;
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE carillon_outbox_relay SET owner = ?, until_ms = "
                        + Dialect.of(connection).now() + " + ? WHERE name = ? AND " + condition)) {
            update.setString(1, owner);
            update.setLong(2, leaseMillis);
            update.setString(3, NAME);
            granted = update.executeUpdate() == 1;
        }
        grant = granted ? requested : null;
        return granted;
    }

    /**
     * Whether this relay has the lease for certain. Measured by two clocks, of which the stricter one counts: the monotonic one stops
     * while a machine is suspended, and the wall clock may be set back.
     */
    boolean isValid() {
        return millisLeft() > 0;
    }

    private long millisLeft() {
        Grant granted = grant;
        if (granted == null) {
            return 0;
        }
        long byClock = leaseMillis - (clock.millis() - granted.millis());
        long byNanos = leaseMillis - (System.nanoTime() - granted.nanos()) / 1_000_000;
        return Math.min(byClock, byNanos);
    }

    /** How long until the lease should be renewed; 0 or less when it is time. */
    long millisUntilRenewal() {
        return millisLeft() - (leaseMillis - leaseMillis / RENEWALS_PER_LEASE);
    }

    /** Gives the lease up, so that another relay can take over at once. Does nothing without a lease. */
    void release(Connection connection) throws SQLException {
        if (grant != null) {
            grant = null;
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE carillon_outbox_relay SET until_ms = 0 WHERE name = ? AND owner = ?")) {
                update.setString(1, NAME);
                update.setString(2, owner);
                update.executeUpdate();
            }
        }
    }
}
