package dev.carillon.bus.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stands on the wire, to be sent on as it is.
 *
 * @param headers as on the wire
 * @param key the key as on the wire; null where there is none
 * @param value the value as on the wire, with whatever stands before the event data
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy per message would cost more than it protects
public record RawMessage(List<Header> headers, byte @Nullable [] key, byte[] value) {

    /** What was read. */
    public static RawMessage of(IncomingMessage message) {
        return new RawMessage(message.headers(), message.key(), message.data());
    }

    /** How much it holds; never what. */
    @Override
    public String toString() {
        return headers.size() + " headers, " + value.length + " bytes";
    }
}
