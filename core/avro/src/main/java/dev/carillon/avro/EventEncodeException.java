package dev.carillon.avro;

import java.io.Serial;

/**
 * Event data that cannot be encoded as Avro: null for a required value, a year after 9999, or text that is not valid Unicode.
 */
public final class EventEncodeException extends EventDataException {

    @Serial
    private static final long serialVersionUID = 1L;

    EventEncodeException(String eventType, DataProblem problem) {
        super("cannot be written", eventType, problem);
    }
}
