package dev.carillon.rig.role;

import dev.carillon.bus.jdbc.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The transaction that a thread is in, as frameworks keep it. */
final class OpenTransaction implements ConnectionSource {

    /** What is done in a transaction. */
    interface Work {
        /** Answers whether to commit. */
        boolean in(Connection connection) throws SQLException;
    }

    @SuppressWarnings("ThreadLocalUsage") // one for each pool, and there is one pool
    private final ThreadLocal<Connection> open = new ThreadLocal<>();

    private final DataSource database;

    OpenTransaction(DataSource database) {
        this.database = database;
    }

    /** Does it in a transaction of its own. */
    void run(Work work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            open.set(connection);
            if (work.in(connection)) {
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
            throw new SQLException("this thread is in no transaction");
        }
        return connection;
    }
}
