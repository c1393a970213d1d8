package dev.carillon.bus.transport;

import dev.carillon.events.internal.Shown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that was read.
 *
 * @param topic the full topic
 * @param partition the partition; 0 when the broker has none
 * @param position the position in the topic
 * @param headers the headers on the wire
 * @param key the key on the wire; null when there is none
 * @param data the value on the wire
 * @param dataStart the offset in the value at which the event data begin, as Avro, up to the end of the value; a key begins at
 *     the same offset
 * @param writerSchema the schema that the data were written with, if the wire format or the broker has it. Null otherwise: then the
 *     release in the metadata determines it, and a message with a {@link SchemaFingerprint} is undecodable, because its schema is lost
 * @param problem why the transport could not decode the message; null when it could
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per message would cost more than it protects
public record IncomingMessage(
        String topic,
        int partition,
        Position position,
        List<Header> headers,
        byte @Nullable [] key,
        byte[] data,
        int dataStart,
        @Nullable WriterSchema writerSchema,
        @Nullable String problem) {

    private static final byte[] NO_DATA = new byte[0];

    /** A message of a broker without partitions, keys and schema registry. */
    public static IncomingMessage of(String topic, Position position, List<Header> headers, byte[] data) {
        return new IncomingMessage(topic, 0, position, headers, null, data, 0, null, null);
    }

    /** A message that the transport cannot decode. */
    public static IncomingMessage undecodable(String topic, Position position, List<Header> headers, String problem) {
        return new IncomingMessage(topic, 0, position, headers, null, NO_DATA, 0, null, problem);
    }

    /** The message with the schema that its data were written with. */
    public IncomingMessage withWriterSchema(WriterSchema schema) {
        return new IncomingMessage(topic, partition, position, headers, key, data, dataStart, schema, problem);
    }

    /** The message without its value, and with this key. */
    public IncomingMessage withoutData(byte @Nullable [] newKey) {
        return new IncomingMessage(topic, partition, position, headers, newKey, NO_DATA, 0, null, problem);
    }

    /** The first header with this name as text; null when there is none. */
    public @Nullable String header(String name) {
        for (Header header : headers) {
            if (header.name().equals(name)) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** The topic and position; never the data. */
    @Override
    public String toString() {
        return Shown.topic(topic) + (partition == 0 ? "" : "[" + partition + "]") + "@"
                + Shown.text(position.toString());
    }
}
