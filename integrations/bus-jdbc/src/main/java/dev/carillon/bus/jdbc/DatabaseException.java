package dev.carillon.bus.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** An outbox or inbox operation that failed in the database. The message contains no event data. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** SQL states of a missing table: PostgreSQL; MySQL, MariaDB and H2; H2 with similar tables, and without any. */
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    /** {@code action} is what failed, as in "write an event to the outbox". */
    DatabaseException(String action, SQLException cause) {
        super("Cannot " + action + ": " + cause.getMessage() + hint(cause), cause);
    }

    private static String hint(SQLException cause) {
        String state = cause.getSQLState();
        return state != null && NO_TABLE.contains(state)
                ? " (run V1__carillon_event_tables.sql from the jar of carillon-bus-jdbc, which creates the tables)"
                : "";
    }
}
