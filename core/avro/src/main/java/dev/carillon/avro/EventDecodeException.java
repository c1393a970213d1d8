package dev.carillon.avro;

import dev.carillon.events.LibraryVersion;
import java.io.Serial;
import java.util.OptionalInt;

/**
 * Bytes that are not valid data of the event: truncated, corrupted, written with another schema, or with values that the
 * data class rejects. Decoding throws no other exception, whatever the bytes.
 */
public final class EventDecodeException extends EventDataException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int position;

    EventDecodeException(String eventType, DataProblem problem) {
        super("cannot be read", eventType, problem);
        this.position = problem.position();
    }

    /** Bytes of a release that may have added fields that we do not know. */
    EventDecodeException(String eventType, LibraryVersion writer, LibraryVersion newest, DataProblem problem) {
        super(
                "cannot be read: release " + writer + " of the event library wrote it, this service knows those up to "
                        + newest,
                eventType,
                problem);
        this.position = problem.position();
    }

    /** The index, from the first byte of the array, at which decoding failed; empty when there is none. */
    public OptionalInt position() {
        return position == DataProblem.NOWHERE ? OptionalInt.empty() : OptionalInt.of(position);
    }
}
