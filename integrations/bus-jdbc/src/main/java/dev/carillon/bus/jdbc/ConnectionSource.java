package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Finds the connection of the caller's current transaction. */
@FunctionalInterface
public interface ConnectionSource {

    /**
     * The connection of the transaction that the calling thread is in. The caller of this method neither commits nor closes it.
     *
     * @throws SQLException when there is no transaction
     */
    Connection current() throws SQLException;
}
