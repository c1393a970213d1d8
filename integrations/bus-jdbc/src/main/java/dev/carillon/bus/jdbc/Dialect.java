package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** What databases say differently. */
enum Dialect {
    POSTGRESQL(
            "postgresql",
            "CAST(? AS UUID)",
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
            "INSERT INTO carillon_inbox %s ON CONFLICT DO NOTHING",
            "DELETE FROM %1$s WHERE ctid IN (SELECT ctid FROM %1$s WHERE %2$s LIMIT %3$d FOR UPDATE SKIP LOCKED)"),
    /** Also MariaDB. */
    MYSQL(
            "mysql",
            "?",
            "CAST(UNIX_TIMESTAMP(SYSDATE(3)) * 1000 AS SIGNED)",
            "INSERT IGNORE INTO carillon_inbox %s",
            "DELETE FROM %1$s WHERE %2$s LIMIT %3$d"),
    H2(
            "h2",
            "CAST(? AS UUID)",
            "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)",
            "INSERT INTO carillon_inbox %s",
            "DELETE FROM %1$s WHERE %2$s FETCH FIRST %3$d ROWS ONLY");

    private final String folder;
    private final String uuid;
    private final String now;
    private final String insertUnlessThere;
    private final String deleteSome;

    Dialect(String folder, String uuid, String now, String insertUnlessThere, String deleteSome) {
        this.folder = folder;
        this.uuid = uuid;
        this.now = now;
        this.insertUnlessThere = insertUnlessThere;
        this.deleteSome = deleteSome;
    }

    /**
     * What the database at the other end speaks. Drivers tell without asking it.
     *
     * @throws IllegalArgumentException when it is none that works
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        String name = product.toLowerCase(Locale.ROOT);
        if (name.contains("postgresql")) {
            return POSTGRESQL;
        }
        if (name.contains("mysql") || name.contains("mariadb")) {
            return MYSQL;
        }
        if (name.equals("h2")) {
            return H2;
        }
        throw new IllegalArgumentException(
                "Outbox and inbox work on PostgreSQL, MySQL, MariaDB and H2, but this database is '" + product + "'");
    }

    /** Where its schema stands among the resources. */
    String folder() {
        return folder;
    }

    /**
     * Rows that wait to be published. MySQL and H2 hear twice what is the same, so that they can read their index in the order of
     * ids.
     */
    String waiting() {
        return "status = " + Status.WAITING.code() + (this == POSTGRESQL ? "" : " AND finished_ms IS NULL");
    }

    /**
     * A table to be updated by ids. MySQL is told not to use another index, on which it would meet, and wait for, rows of
     * transactions that are not over.
     */
    String byId(String table) {
        return this == MYSQL ? table + " FORCE INDEX (PRIMARY)" : table;
    }

    /** A parameter that takes the text of a UUID. */
    String uuid() {
        return uuid;
    }

    /** The database's clock, in milliseconds since 1970. */
    String now() {
        return now;
    }

    /**
     * Inserts into the inbox, and waits for another transaction that inserts the same. No row is inserted, or there is an error
     * with the SQLState of a duplicate, when the row is there.
     */
    String insertUnlessThere(String columnsAndValues) {
        return insertUnlessThere.formatted(columnsAndValues);
    }

    /** Deletes at most so many rows. */
    String deleteSome(String table, String condition, int limit) {
        return deleteSome.formatted(table, condition, limit);
    }
}
