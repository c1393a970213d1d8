package dev.carillon.events;

import dev.carillon.events.internal.ReceiverIds;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Options for connecting a receiver.
 *
 * @param id connects once under this id (Django's {@code dispatch_uid}), and names the receiver in logs. If null, the
 *     receiver object itself is the identity, and its name is that of its class or, for a lambda, of the method that
 *     connects it. A consumer of the event bus needs names that are unique among the receivers of a signal, see {@link
 *     Events#requireReceiverIds()}
 * @param executor runs the receiver; null: it runs in the sender's thread
 */
public record ReceiverOptions(@Nullable String id, @Nullable Executor executor) {

    private static final ReceiverOptions DEFAULTS = new ReceiverOptions(null, null);

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException when the id is blank, has leading or trailing blanks, more than 300 characters, line
     *     breaks or other control characters, or half of a surrogate pair: dead letters could not store it unchanged
     */
    public ReceiverOptions {
        if (id != null) {
            ReceiverIds.require(id, ReceiverIds.LONGEST);
        }
    }

    /** No id; runs in the sender's thread. */
    public static ReceiverOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Connects once under this id.
     *
     * @throws IllegalArgumentException when the id is invalid
     * @see #ReceiverOptions(String, Executor)
     */
    public static ReceiverOptions id(String id) {
        return new ReceiverOptions(id, null);
    }

    /** These options with an executor, so that the receiver does not block the sender. */
    public ReceiverOptions on(Executor executor) {
        return new ReceiverOptions(id, executor);
    }
}
