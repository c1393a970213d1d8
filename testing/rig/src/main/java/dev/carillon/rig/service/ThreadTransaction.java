package dev.carillon.rig.service;

import dev.carillon.bus.jdbc.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs transactions and knows the current one of each thread, as frameworks do. */
final class ThreadTransaction implements ConnectionSource {

    /** The work of one transaction. */
    interface Work {
        /** Returns whether to commit. */
        boolean run(Connection connection) throws SQLException;
    }

    @SuppressWarnings("ThreadLocalUsage") // there is a single instance
    private final ThreadLocal<Connection> open = new ThreadLocal<>();

    private final DataSource database;

    ThreadTransaction(DataSource database) {
        this.database = database;
    }

    /** Runs the work in a new transaction. */
    void run(Work work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            open.set(connection);
            if (work.run(connection)) {
                connection.commit();
            } else {
                connection.rollback();
            }
        } finally {
            open.remove();
        }
    }

    @Override
    public Connection current() throws SQLException {
        Connection connection = open.get();
        if (connection == null) {
            throw new SQLException("this thread is not in a transaction");
        }
        return connection;
    }
}
