package dev.carillon.events;

import org.jspecify.annotations.Nullable;

/** Event data that do not match their signal. Nothing was sent. */
public final class SenderValidationException extends RuntimeException {

    private final String eventType;
    private final String dataKey;

    private SenderValidationException(String eventType, String dataKey, String problem) {
        super("Event " + eventType + " was not sent: " + problem);
        this.eventType = eventType;
        this.dataKey = dataKey;
    }

    /** The data as a whole are null. */
    static SenderValidationException missing(Signal<?> signal) {
        return new SenderValidationException(
                signal.eventType(), keys(signal), subject(signal) + " are null, but must be " + expected(signal));
    }

    /** One of several keys is null. */
    static SenderValidationException missing(Signal<?> signal, String dataKey) {
        @Nullable Class<?> type = signal.dataKeys().get(dataKey);
        return new SenderValidationException(
                signal.eventType(),
                dataKey,
                "the data of key '" + dataKey + "' are null, but must be "
                        + (type == null ? signal.dataClass() : type).getName());
    }

    static SenderValidationException wrongClass(Signal<?> signal, Object data) {
        return new SenderValidationException(
                signal.eventType(),
                keys(signal),
                subject(signal) + " are " + data.getClass().getName() + ", but must be " + expected(signal));
    }

    private static String keys(Signal<?> signal) {
        return String.join(", ", signal.dataKeys().keySet());
    }

    private static String subject(Signal<?> signal) {
        return signal.dataKey().map(key -> "the data of key '" + key + "'").orElse("the data");
    }

    private static String expected(Signal<?> signal) {
        String dataClass = signal.dataClass().getName();
        return signal.dataKey().isPresent() ? dataClass : dataClass + ", which has the keys " + keys(signal);
    }

    /** The type of the event. */
    public String eventType() {
        return eventType;
    }

    /**
     * The data key whose value is invalid. If data with several keys are invalid as a whole: all keys, separated by commas.
     */
    public String dataKey() {
        return dataKey;
    }
}
