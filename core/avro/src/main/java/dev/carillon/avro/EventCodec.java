package dev.carillon.avro;

import static dev.carillon.events.internal.PythonJson.quote;

import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.util.HashSet;
import org.apache.avro.Schema;

/**
 * The data of one signal as Avro bytes, as the Python services write and read them: the schema derives from the data
 * class, the bytes are raw Avro without a header.
 *
 * <p>Immutable and thread-safe. Making one takes milliseconds, using it takes no reflection: make it once, or let
 * {@link EventCodecs} keep it.
 *
 * @param <T> the event data
 */
public final class EventCodec<T> {

    private static final String DOC = "Avro Event Format for CloudEvents created with openedx_events/schema";

    private final EventShape<T> shape;
    private final String schemaText;
    private final WriterReaders readers;
    private final BufferPool buffers = new BufferPool();
    private final NewerReleases newerReleases;

    private EventCodec(Signal<T> signal, SchemaHistory history) {
        this.shape = EventShape.of(signal);
        this.schemaText = schemaText(shape);
        this.readers = new WriterReaders(shape, schemaText, history);
        this.newerReleases = new NewerReleases(shape.eventType(), history.newest());
    }

    /**
     * The codec of a signal.
     *
     * @throws IllegalArgumentException when the data class holds something that has no place in the wire format; the
     *     message names the component and what would be right
     */
    public static <T> EventCodec<T> of(Signal<T> signal) {
        return of(signal, new SchemaHistory());
    }

    static <T> EventCodec<T> of(Signal<T> signal, SchemaHistory history) {
        return new EventCodec<>(signal, history);
    }

    private static String schemaText(EventShape<?> shape) {
        StringBuilder schema =
                new StringBuilder("{\"doc\": ").append(quote(DOC)).append(", ");
        shape.type().appendFields(schema, new HashSet<>());
        return schema.append(", \"name\": ")
                .append(quote(shape.type().name()))
                .append(", \"namespace\": ")
                .append(quote(shape.eventType()))
                .append(", \"type\": \"record\"}")
                .toString();
    }

    /** The signal whose data this reads and writes. */
    public Signal<T> signal() {
        return shape.signal();
    }

    /**
     * The data as bytes, in an array of their own.
     *
     * @throws EventEncodeException when the data hold something that cannot travel, such as null where a value must be
     */
    public byte[] encode(T data) {
        AvroBuffer buffer = buffers.take();
        try {
            encode(data, buffer);
            return buffer.toByteArray();
        } finally {
            buffers.giveBack(buffer);
        }
    }

    /**
     * Appends the data to a buffer. When they do not fit, the buffer is as it was before.
     *
     * @throws EventEncodeException when the data hold something that cannot travel
     */
    public void encode(T data, AvroBuffer buffer) {
        int start = buffer.size();
        try {
            shape.type().write(shape.require(data), buffer);
        } catch (DataProblem problem) {
            buffer.truncate(start);
            throw new EventEncodeException(shape.eventType(), problem);
        }
    }

    /**
     * The data in bytes that were written under {@link #schema() our own schema}.
     *
     * @throws EventDecodeException when the bytes are no such data
     */
    public T decode(byte[] bytes) {
        return decode(bytes, 0, shape.type());
    }

    /**
     * The data in bytes that a release of the event library wrote ({@code sourcelib} in the metadata), read by the schema
     * that the release had for this event type: by its first schema for a release from before that, by the latest for a
     * release from after all we know, and by our own for an event type that the library never had. What is missing holds
     * its default, what we do not have is left out.
     *
     * <p>A release from after all we know may have added fields, and Avro's bytes do not tell where. Bytes behind the end
     * of what we know are left out. Where the bytes do not fit otherwise, something added in one place inside is assumed;
     * the data are read if that explains the bytes in one way only. Either is logged once for each such release.
     *
     * @throws EventDecodeException when the bytes are no such data
     */
    public T decode(byte[] bytes, LibraryVersion writer) {
        return readers.isFromTheFuture(writer) ? decodeNewer(bytes, writer) : decode(bytes, 0, readers.of(writer));
    }

    private T decodeNewer(byte[] bytes, LibraryVersion writer) {
        AvroInput in = new AvroInput(bytes, 0);
        try {
            Object data = readers.of(writer).read(in);
            if (in.remaining() > 0) {
                newerReleases.note(writer, "holds more at its end than this service knows, which is left out");
            }
            return shape.require(data);
        } catch (DataProblem problem) {
            Object data = readers.readWithUnknownField(bytes)
                    .orElseThrow(() -> new EventDecodeException(
                            shape.eventType(), writer, readers.newest(), problem.at(in.position())));
            newerReleases.note(writer, "holds a field that this service does not know, which is left out");
            return shape.require(data);
        }
    }

    /**
     * The data in bytes that were written under a schema. Keep the schema object: one that was seen before is found again
     * at once.
     *
     * @throws EventDecodeException when the bytes are no such data, or hold something that our data class has another type
     *     for
     */
    public T decode(byte[] bytes, Schema writer) {
        return decode(bytes, 0, writer);
    }

    /**
     * As {@link #decode(byte[], Schema)}, of the bytes from an index to the end.
     *
     * @throws EventDecodeException when the bytes are no such data
     */
    public T decode(byte[] bytes, int start, Schema writer) {
        try {
            return decode(bytes, start, readers.of(writer));
        } catch (DataProblem problem) {
            throw new EventDecodeException(shape.eventType(), problem);
        }
    }

    private T decode(byte[] bytes, int start, ValueReader reader) {
        AvroInput in = new AvroInput(bytes, start);
        try {
            Object data = reader.read(in);
            in.requireEnd();
            return shape.require(data);
        } catch (DataProblem problem) {
            throw new EventDecodeException(shape.eventType(), problem.at(in.position()));
        }
    }

    /** The schema as it is registered: JSON with sorted keys, as Python's {@code json.dumps} writes it. */
    public String schemaText() {
        return schemaText;
    }

    /** The schema, parsed anew at each call. */
    public Schema schema() {
        return SchemaHistory.parse(schemaText);
    }

    /** The same data as JSON. */
    public EventJson<T> json() {
        return new EventJson<>(shape);
    }
}
