package dev.carillon.bus.jdbc;

import java.sql.SQLException;

/** An outbox or inbox operation that failed in the database. The message contains no event data. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** {@code action} is what failed, as in "write an event to the outbox". */
    DatabaseException(String action, SQLException cause) {
        super("Cannot " + action + ": " + cause.getMessage(), cause);
    }
}
