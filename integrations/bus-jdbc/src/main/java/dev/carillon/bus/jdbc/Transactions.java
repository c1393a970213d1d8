package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Refuses connections that are not in a transaction. */
final class Transactions {

    private Transactions() {}

    /** {@code action} is the start of a sentence, as in "Events must be written to the outbox". */
    static void require(Connection connection, String action) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    action + " within a transaction, but this connection commits each statement by itself: call"
                            + " setAutoCommit(false), or use the connection of the transaction");
        }
    }
}
