package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks H2's setting {@code WRITE_DELAY}. Unless it is 0, H2 reports a transaction as committed before it is on disk, and a crash
 * loses the transactions that committed last.
 */
final class WriteDelay {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    private WriteDelay() {}

    /** Logs a warning when the delay is set. Does nothing on other databases and on H2 in memory. */
    static void warnIfSet(Connection connection) throws SQLException {
        if (Dialect.of(connection) != Dialect.H2
                || connection.getMetaData().getURL().contains(":mem:")) {
            return;
        }
        try (Statement select = connection.createStatement();
                ResultSet setting = select.executeQuery(
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")) {
            if (setting.next() && !"0".equals(setting.getString(1))) {
                LOG.warn(
                        "H2 writes transactions to disk up to WRITE_DELAY={} ms after they committed, so a crash loses"
                                + " committed events: append ;WRITE_DELAY=0 to the URL of the database",
                        setting.getString(1));
            }
        }
    }
}
