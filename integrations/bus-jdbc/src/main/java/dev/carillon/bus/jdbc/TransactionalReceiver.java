package dev.carillon.bus.jdbc;

import dev.carillon.events.Event;
import java.sql.Connection;

/**
 * Handles an event within a transaction.
 *
 * @see Inbox#once
 */
@FunctionalInterface
public interface TransactionalReceiver<T> {

    /**
     * Handles one event. What it changes on the connection commits together with the record that the event was handled; so it
     * refuses to commit, to roll back and to be closed. What this throws rolls both back, and is a failure of the receiver.
     */
    void receive(Event<T> event, Connection connection) throws Exception;
}
