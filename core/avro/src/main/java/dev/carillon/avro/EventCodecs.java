package dev.carillon.avro;

import dev.carillon.events.Signal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The codecs of the signals that were asked for, each made once; all share one history of schemas. Thread-safe. A service
 * has one of these.
 */
public final class EventCodecs {

    private final SchemaHistory history = new SchemaHistory();
    private final Map<Signal<?>, EventCodec<?>> codecs = new ConcurrentHashMap<>();

    /**
     * The codec of a signal.
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

    /** The history of schemas that the codecs read old messages by. */
    public SchemaHistory history() {
        return history;
    }
}
