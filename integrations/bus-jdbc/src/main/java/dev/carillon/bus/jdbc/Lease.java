package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to publish, which one relay has at a time, by the database's clock. Its holder counts the time from before it asked,
 * so that it gives the right up before another can take it. For the relay's thread; any thread may ask whether it is valid.
 */
final class Lease {

    private static final String NAME = "outbox";
    private static final int RENEWALS_A_LEASE = 3;

    private final String owner = UUID.randomUUID().toString();
    private final long leaseMillis;
    private final Clock clock;
    private volatile @Nullable Grant grant;

    /** Since when it counts, by both clocks. */
    private record Grant(long nanos, long millis) {}

    Lease(Duration lease, Clock clock) {
        this.leaseMillis = lease.toMillis();
        this.clock = clock;
    }

    /** Takes the lease when nobody has it, or keeps it; answers whether it is ours. */
    boolean acquire(Connection connection) throws SQLException {
        String free = "(owner = '" + owner + "' OR until_ms <= "
                + Dialect.of(connection).now() + ")";
        if (!extend(connection, free)) {
            makeRow(connection);
        }
        return isValid();
    }

    /** Where the table is new, there is no row yet; whoever finds it missing makes one that nobody owns. */
    private static void makeRow(Connection connection) throws SQLException {
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
            // another relay made it in the same moment
        }
    }

    private boolean extend(Connection connection, String condition) throws SQLException {
        Grant asked = new Grant(System.nanoTime(), clock.millis());
        boolean granted;
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE carillon_outbox_relay SET owner = ?, until_ms = "
                        + Dialect.of(connection).now() + " + ? WHERE name = ? AND " + condition)) {
            update.setString(1, owner);
            update.setLong(2, leaseMillis);
            update.setString(3, NAME);
            granted = update.executeUpdate() == 1;
        }
        grant = granted ? asked : null;
        return granted;
    }

    /**
     * Whether it is surely ours. The wall clock counts besides, because the other one stands still while a machine sleeps; where
     * it is set back, the other one counts.
     */
    boolean isValid() {
        return millisLeft() > 0;
    }

    private long millisLeft() {
        Grant held = grant;
        if (held == null) {
            return 0;
        }
        long byClock = leaseMillis - (clock.millis() - held.millis());
        long byNanos = leaseMillis - (System.nanoTime() - held.nanos()) / 1_000_000;
        return Math.min(byClock, byNanos);
    }

    /** How long until it should be renewed; nothing, or less, when that is now. */
    long millisUntilDue() {
        return millisLeft() - (leaseMillis - leaseMillis / RENEWALS_A_LEASE);
    }

    /** Lets the others have it at once. */
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
