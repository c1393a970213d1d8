package dev.carillon.bus.jdbc;

import java.sql.SQLException;

/** The database did not do what it was asked. The text holds no data of events. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What was asked, as in "write an event to the outbox". */
    DatabaseException(String asked, SQLException cause) {
        super("The database did not " + asked + ": " + cause.getMessage(), cause);
    }
}
