package dev.carillon.interop;

import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.Map;

/**
 * A test event.
 *
 * @param data its data
 * @param metadata metadata with values that differ from those of current services
 */
record Sample<T>(Signal<T> signal, Variant variant, T data, EventMetadata metadata) {

    /** The event with the metadata of this sample. */
    Event<T> event() {
        return new Event<>(signal, data, metadata, false);
    }

    /** The event with new metadata, as a service would send it. */
    Event<T> freshEvent(Events events) {
        return new Event<>(signal, data, events.newMetadata(signal), false);
    }

    /** Sends the event as a service does. */
    void sendTo(Events events) {
        events.send(signal, data);
    }

    /** The event as a JSON line for Python. */
    Map<String, ?> toLine() {
        return Map.of("event_type", signal.eventType(), "data", DataTree.of(signal, data));
    }
}
