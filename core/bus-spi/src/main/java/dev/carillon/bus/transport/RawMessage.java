package dev.carillon.bus.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in its wire format, to be sent unchanged.
 *
 * @param headers the headers on the wire
 * @param key the key on the wire; null when there is none
 * @param value the value on the wire, including any bytes before the event data
 * @param writerSchema the schema that the data were written with, where the message was read with it; not needed to send it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per message would cost more than it protects
public record RawMessage(
        List<Header> headers,
        byte @Nullable [] key,
        byte[] value,
        @Nullable WriterSchema writerSchema) {

    /** A message to send. */
    public RawMessage(List<Header> headers, byte @Nullable [] key, byte[] value) {
        this(headers, key, value, null);
    }

    /** Returns the wire format of a message that was read. */
    public static RawMessage of(IncomingMessage message) {
        return new RawMessage(message.headers(), message.key(), message.data(), message.writerSchema());
    }

    /** The number of headers and bytes; never the content. */
    @Override
    public String toString() {
        return headers.size() + " headers, " + value.length + " bytes";
    }
}
