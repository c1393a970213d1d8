package dev.carillon.bus.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where the connection of the caller's current transaction comes from. Whoever gives it keeps it: it is neither committed nor
 * closed by who asks for it.
 */
@FunctionalInterface
public interface ConnectionSource {

    /**
     * The connection of the transaction that the calling thread is in.
     *
     * @throws SQLException when there is none
     */
    Connection current() throws SQLException;
}
