package dev.carillon.avro;

import java.io.Serial;

/** Event data that cannot become Avro bytes: null where a value must be, a year beyond 9999, a text that is no Unicode. */
public final class EventEncodeException extends EventDataException {

    @Serial
    private static final long serialVersionUID = 1L;

    EventEncodeException(String eventType, DataProblem problem) {
        super("cannot be written", eventType, problem);
    }
}
