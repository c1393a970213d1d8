package dev.carillon.avro;

import java.io.Serial;

/**
 * Event data that do not fit their signal. Names the event type, the path of the value such as {@code
 * certificate.course.course_key}, and the problem.
 *
 * <p>Messages and causes never contain the data. They contain at most the length of a text, and not even that inside a
 * component marked {@link dev.carillon.events.Pii}: bytes that are shifted by a field put a name where a key should be.
 */
public abstract sealed class EventDataException extends RuntimeException
        permits EventEncodeException, EventDecodeException, EventJsonException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String eventType;
    private final String path;

    EventDataException(String message, String eventType, DataProblem problem) {
        super("Event " + eventType + " " + message + ": " + problem.describe(), problem.getCause());
        this.eventType = eventType;
        this.path = problem.path();
    }

    /** The event type. */
    public String eventType() {
        return eventType;
    }

    /**
     * The path in the data, starting with the data key, such as {@code certificate.course.course_key}; empty for the whole
     * event.
     */
    public String path() {
        return path;
    }
}
