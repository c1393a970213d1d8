package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What must commit together needs a transaction. */
final class Transactions {

    private Transactions() {}

    static void require(Connection connection, String what) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    what + " within a transaction, but this connection commits each statement by"
                            + " itself: call setAutoCommit(false), or give the connection of the transaction");
        }
    }
}
