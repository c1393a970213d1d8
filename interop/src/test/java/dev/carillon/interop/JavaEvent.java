package dev.carillon.interop;

import dev.carillon.events.Event;

/** An event as Java sent it, made of a sample. */
record JavaEvent(Variant variant, Event<?> event) {

    String id() {
        return event.metadata().id().toString();
    }

    String eventType() {
        return event.signal().eventType();
    }

    /** The data as they are. */
    Object data() {
        return DataTree.of(event.signal(), event.data());
    }

    /** The data as a Python receiver gets them. */
    Object dataInPython() {
        return DataTree.asPythonReads(event.signal(), event.data());
    }
}
