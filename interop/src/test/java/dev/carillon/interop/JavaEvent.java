package dev.carillon.interop;

import dev.carillon.events.Event;

/** An event that Java has sent, from a sample. */
record JavaEvent(Variant variant, Event<?> event) {

    String id() {
        return event.metadata().id().toString();
    }

    String eventType() {
        return event.signal().eventType();
    }

    /** The data as a tree. */
    Object data() {
        return DataTree.of(event.signal(), event.data());
    }

    /** The data as a Python receiver gets it. */
    Object dataInPython() {
        return DataTree.asPythonReads(event.signal(), event.data());
    }
}
