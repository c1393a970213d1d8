package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real database for the tests of one class. */
interface TestDatabase {

    /** The JDBC URL; other processes can use it, too. */
    String url();

    /** Breaks all other connections, as a restart of the database would. */
    void cutConnections() throws SQLException;

    void end() throws Exception;

    default DataSource dataSource() {
        return dataSource(url());
    }

    /** A data source without a pool: each connection is a new one. */
    static DataSource dataSource(String url) {
        try {
            if (url.startsWith("jdbc:postgresql:")) {
                PGSimpleDataSource postgres = new PGSimpleDataSource();
                postgres.setURL(url);
                return postgres;
            }
            if (url.startsWith("jdbc:mariadb:")) {
                return new MariaDbDataSource(url);
            }
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(url);
            return h2;
        } catch (SQLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Runs statements, each in a transaction of its own. */
    default void execute(String... statements) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Creates the tables where they are missing, and empties them. */
    default void prepare() throws SQLException {
        JdbcSchema.create(dataSource());
        execute("DELETE FROM carillon_outbox", "DELETE FROM carillon_outbox_relay", "DELETE FROM carillon_inbox");
    }
}
