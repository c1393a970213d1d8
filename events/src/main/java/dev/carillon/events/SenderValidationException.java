package dev.carillon.events;

import org.jspecify.annotations.Nullable;

/** Event data that do not fit their signal. Nothing was sent. */
public final class SenderValidationException extends RuntimeException {

    private final String eventType;
    private final String dataKey;

    private SenderValidationException(String eventType, String dataKey, String problem) {
        super("Event " + eventType + " was not sent: " + problem);
        this.eventType = eventType;
        this.dataKey = dataKey;
    }

    static SenderValidationException missing(Signal<?> signal, String dataKey) {
        return new SenderValidationException(
                signal.eventType(),
                dataKey,
                "the data of key '" + dataKey + "' are null, but must be " + expected(signal, dataKey));
    }

    static SenderValidationException wrongClass(Signal<?> signal, String dataKey, Object data) {
        return new SenderValidationException(
                signal.eventType(),
                dataKey,
                "the data of key '" + dataKey + "' are " + data.getClass().getName() + ", but must be "
                        + expected(signal, dataKey));
    }

    private static String expected(Signal<?> signal, String dataKey) {
        @Nullable Class<?> type = signal.dataKeys().get(dataKey);
        return (type == null ? signal.dataClass() : type).getName();
    }

    /** The type of the event that was to be sent. */
    public String eventType() {
        return eventType;
    }

    /** The data key whose value does not fit. */
    public String dataKey() {
        return dataKey;
    }
}
