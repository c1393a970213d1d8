package dev.carillon.avro;

import dev.carillon.events.LibraryVersion;
import java.io.Serial;
import java.util.OptionalInt;

/**
 * Bytes that are no data of the event: cut off, corrupted, of another schema, or with values that the data class does
 * not take. Nothing else comes out of decoding, whatever the bytes.
 */
public final class EventDecodeException extends EventDataException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int position;

    EventDecodeException(String eventType, DataProblem problem) {
        super("cannot be read", eventType, problem);
        this.position = problem.position();
    }

    /** Bytes of a release that may hold more than we know. */
    EventDecodeException(String eventType, LibraryVersion writer, LibraryVersion newest, DataProblem problem) {
        super(
                "cannot be read: release " + writer + " of the event library wrote it, this service knows those up to "
                        + newest,
                eventType,
                problem);
        this.position = problem.position();
    }

    /** The index of the byte at which the trouble starts, from the first byte of the array; empty when there is none. */
    public OptionalInt position() {
        return position == DataProblem.NOWHERE ? OptionalInt.empty() : OptionalInt.of(position);
    }
}
