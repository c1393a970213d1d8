package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.UnpublishableException;

/**
 * The broker will never take the dead letter of a message, as it is set up now. The message must not be acknowledged, or it would be
 * lost; trying again helps only when somebody has changed the broker's settings.
 */
final class DeadLetterRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private DeadLetterRefusedException(String message, UnpublishableException cause) {
        super(message, cause);
    }

    /** Says which message, how large it is, what the broker said, and what to do; nothing of what it holds. */
    static DeadLetterRefusedException of(IncomingMessage message, String group, UnpublishableException cause) {
        return new DeadLetterRefusedException(
                "The dead letter of " + message + " (" + message.data().length + " bytes and "
                        + message.headers().size()
                        + " headers) of group " + group + " cannot be kept: " + cause.getMessage()
                        + ". Let the topics of the group's own take larger messages; until then the message stays unacknowledged",
                cause);
    }
}
