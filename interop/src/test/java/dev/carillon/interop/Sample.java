package dev.carillon.interop;

import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.Map;

/**
 * An event made for the tests.
 *
 * @param data its data
 * @param metadata metadata in which nothing is as a service of today would have it
 */
record Sample<T>(Signal<T> signal, Variant variant, T data, EventMetadata metadata) {

    /** The event with the metadata of this sample. */
    Event<T> event() {
        return new Event<>(signal, data, metadata, false);
    }

    /** The event with metadata as a service gives them. */
    Event<T> freshEvent(Events events) {
        return new Event<>(signal, data, events.newMetadata(signal), false);
    }

    /** Sends it as a service does. */
    void sendTo(Events events) {
        events.send(signal, data);
    }

    /** The event as Python is told it. */
    Map<String, ?> toLine() {
        return Map.of("event_type", signal.eventType(), "data", DataTree.of(signal, data));
    }
}
