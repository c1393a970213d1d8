package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The SQL that differs between databases. */
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
    private final String insertIfAbsent;
    private final String deleteBatch;

    Dialect(String folder, String uuid, String now, String insertIfAbsent, String deleteBatch) {
        this.folder = folder;
        this.uuid = uuid;
        this.now = now;
        this.insertIfAbsent = insertIfAbsent;
        this.deleteBatch = deleteBatch;
    }

    /**
     * The dialect of this connection's database. Cheap: drivers know it without a query.
     *
     * @throws IllegalArgumentException when the database is not supported
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

    /** The resource folder of the schema. */
    String folder() {
        return folder;
    }

    /**
     * The condition for rows that wait to be published. Its second half is redundant, but lets MySQL and H2 read their index in the order
     * of ids.
     */
    String isWaiting() {
        return "status = " + OutboxRow.Status.WAITING.code() + (this == POSTGRESQL ? "" : " AND finished_ms IS NULL");
    }

    /**
     * A table to be updated by ids. With any index but the primary key, MySQL would lock rows of transactions that are still open, and
     * wait for them.
     */
    String byId(String table) {
        return this == MYSQL ? table + " FORCE INDEX (PRIMARY)" : table;
    }

    /** A parameter for the text of a UUID. */
    String uuid() {
        return uuid;
    }

    /** The database's clock, in milliseconds since 1970. */
    String now() {
        return now;
    }

    /**
     * Inserts into the inbox, after waiting for another transaction that inserts the same row. When the row exists, the update count is 0,
     * or the statement fails with the SQLState of a duplicate key.
     */
    String insertIfAbsent(String columnsAndValues) {
        return insertIfAbsent.formatted(columnsAndValues);
    }

    /** Deletes at most {@code limit} rows. */
    String deleteBatch(String table, String condition, int limit) {
        return deleteBatch.formatted(table, condition, limit);
    }
}
