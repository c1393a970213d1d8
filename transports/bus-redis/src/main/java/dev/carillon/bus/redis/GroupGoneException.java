package dev.carillon.bus.redis;

import dev.carillon.bus.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** The group, or its topic, is no more; it can be made anew. */
final class GroupGoneException extends TransportException {

    GroupGoneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
