package dev.carillon.avro;

import static dev.carillon.events.internal.PythonJson.quote;

import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.util.HashSet;

/**
 * Encodes and decodes the data of one signal as Avro, compatible with the Python services. The schema is derived from the
 * data class; the bytes are raw Avro without a header.
 *
 * <p>Immutable and thread-safe. Creating a codec takes milliseconds, using it needs no reflection. Create it once, or use
 * {@link EventCodecs}.
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
     * Returns the codec of a signal.
     *
     * @throws IllegalArgumentException when the data class contains a type that the wire format does not support; the
     *     message names the component and the types to use
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
     * Encodes the data into a new array.
     *
     * @throws EventEncodeException when the data contain a value that cannot be encoded, such as null for a required value
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
     * Appends the encoded data to a buffer. On failure, the buffer is unchanged.
     *
     * @throws EventEncodeException when the data contain a value that cannot be encoded
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
     * Decodes bytes that were written with {@link #schema() our own schema}.
     *
     * @throws EventDecodeException when the bytes are invalid
     */
    public T decode(byte[] bytes) {
        return decode(bytes, 0, shape.type());
    }

    /**
     * Decodes bytes written by a release of the event library ({@code sourcelib} in the metadata), with the schema that
     * this release had for the event type. A release older than the history uses the first schema, a release newer than all
     * known ones uses the latest. An event type that the library never had uses our own schema. Missing fields get their
     * defaults; fields that we do not have are ignored.
     *
     * <p>A release newer than all known ones may have added fields, and raw Avro does not mark where. Extra bytes at the
     * end are ignored. If the bytes do not fit otherwise, decoding assumes one addition in one place inside, and succeeds
     * only if exactly one reading of the bytes results. Either case is logged once for each such release.
     *
     * @throws EventDecodeException when the bytes are invalid
     */
    public T decode(byte[] bytes, LibraryVersion writer) {
        return readers.isFromTheFuture(writer) ? decodeNewer(bytes, writer) : decode(bytes, 0, readers.of(writer));
    }

    private T decodeNewer(byte[] bytes, LibraryVersion writer) {
        AvroInput in = new AvroInput(bytes, 0);
        try {
            Object data = readers.of(writer).read(in);
            if (in.remaining() > 0) {
                newerReleases.note(writer, "has bytes at its end that this service does not know, and ignores");
            }
            return shape.require(data);
        } catch (DataProblem problem) {
            Object data = readers.readWithUnknownField(bytes)
                    .orElseThrow(() -> new EventDecodeException(
                            shape.eventType(), writer, readers.newest(), problem.at(in.position())));
            newerReleases.note(writer, "has a field that this service does not know, and ignores");
            return shape.require(data);
        }
    }

    /**
     * Decodes bytes that were written with the given schema. Reuse the schema object: the reader for a known object is
     * found at once.
     *
     * @throws EventDecodeException when the bytes are invalid, or contain a value whose type our data class does not accept
     */
    public T decode(byte[] bytes, EventSchema writer) {
        return decode(bytes, 0, writer);
    }

    /**
     * As {@link #decode(byte[], EventSchema)}, from an index to the end of the array.
     *
     * @throws EventDecodeException when the bytes are invalid
     */
    public T decode(byte[] bytes, int start, EventSchema writer) {
        try {
            return decode(bytes, start, readers.of(writer.avro()));
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

    /** The schema as it is registered: JSON with sorted keys, in the format of Python's {@code json.dumps}. */
    public String schemaText() {
        return schemaText;
    }

    /** The schema, parsed again on each call. */
    public EventSchema schema() {
        return EventSchema.parse(schemaText);
    }

    /** The same data as JSON. */
    public EventJson<T> json() {
        return new EventJson<>(shape);
    }
}
