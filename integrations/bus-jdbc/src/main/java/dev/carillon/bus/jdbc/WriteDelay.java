package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * H2 says that a transaction has committed before it is on the disk, unless it is told not to: when the process is killed, what
 * was committed last is gone.
 */
final class WriteDelay {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    private WriteDelay() {}

    /** Warns of a database that delays its writing. Does nothing where there is no such thing, or nothing to be kept. */
    static void warn(Connection connection) throws SQLException {
        if (Dialect.of(connection) != Dialect.H2
                || connection.getMetaData().getURL().contains(":mem:")) {
            return;
        }
        try (Statement select = connection.createStatement();
                ResultSet setting = select.executeQuery(
                        "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'")) {
            if (setting.next() && !"0".equals(setting.getString(1))) {
                LOG.warn(
                        "This H2 writes {} ms after it has said that a transaction is committed (WRITE_DELAY), so a crash"
                                + " loses committed events: append ;WRITE_DELAY=0 to the URL of the database",
                        setting.getString(1));
            }
        }
    }
}
