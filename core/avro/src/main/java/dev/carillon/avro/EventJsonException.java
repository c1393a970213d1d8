package dev.carillon.avro;

import java.io.Serial;

/** JSON that does not fit an event's data, or data that do not fit into JSON. */
public final class EventJsonException extends EventDataException {

    @Serial
    private static final long serialVersionUID = 1L;

    private EventJsonException(String message, String eventType, DataProblem problem) {
        super(message, eventType, problem);
    }

    static EventJsonException unreadable(String eventType, DataProblem problem) {
        return new EventJsonException("cannot be read from JSON", eventType, problem);
    }

    static EventJsonException unwritable(String eventType, DataProblem problem) {
        return new EventJsonException("cannot be written as JSON", eventType, problem);
    }
}
