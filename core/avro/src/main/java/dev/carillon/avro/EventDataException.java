package dev.carillon.avro;

import java.io.Serial;

/**
 * Event data that do not fit their signal. Names the event type, the path of the value such as
 * {@code certificate.course.course_key}, and what is wrong there.
 *
 * <p>Of the data themselves, messages and causes tell the length of a text at most, and not even that below a component that
 * is marked {@link dev.carillon.events.Pii}: bytes that are shifted by a field put a name where a key should be.
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

    /** The type of the event. */
    public String eventType() {
        return eventType;
    }

    /** Where in the data, from the data key on, such as {@code certificate.course.course_key}; empty for the whole. */
    public String path() {
        return path;
    }
}
