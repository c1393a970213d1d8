package dev.carillon.avro;

import dev.carillon.events.Signal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates and keeps one codec per signal. All codecs share one schema history. Thread-safe. A service needs one instance.
 */
public final class EventCodecs {

    private final SchemaHistory history = new SchemaHistory();
    private final Map<Signal<?>, EventCodec<?>> codecs = new ConcurrentHashMap<>();

    /** Creates each codec at its first use. */
    public EventCodecs() {}

    /**
     * Returns the codec of a signal.
     *
     * @throws IllegalArgumentException as {@link EventCodec#of}
     */
    @SuppressWarnings("unchecked") // a codec stands under its own signal
    public <T> EventCodec<T> of(Signal<T> signal) {
        EventCodec<?> known = codecs.get(signal);
        if (known == null) {
            known = codecs.computeIfAbsent(signal, missing -> EventCodec.of(missing, history));
        }
        return (EventCodec<T>) known;
    }

    /** The schema history that the codecs use to read old messages. */
    public SchemaHistory history() {
        return history;
    }
}
