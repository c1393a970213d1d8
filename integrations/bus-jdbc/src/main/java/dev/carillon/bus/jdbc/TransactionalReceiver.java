package dev.carillon.bus.jdbc;

import dev.carillon.events.Event;
import java.sql.Connection;

/**
 * A receiver that handles an event within a database transaction.
 *
 * @see Inbox#once
 */
@FunctionalInterface
public interface TransactionalReceiver<T> {

    /**
     * Handles one event. Changes on the connection commit together with the inbox's record of the event; an exception rolls both back
     * and counts as a failure of the receiver.
     *
     * @param connection in a transaction that the inbox commits or rolls back: it throws an {@code IllegalStateException} when it is
     *     committed, rolled back or closed by the receiver
     */
    void receive(Event<T> event, Connection connection) throws Exception;
}
