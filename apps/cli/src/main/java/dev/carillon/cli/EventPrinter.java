package dev.carillon.cli;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;

/** Prints each event as one JSON line, and hands it on at once: what is acknowledged was printed. */
final class EventPrinter {

    private final Output output;
    private final boolean showsPii;
    private final DataFormats formats = new DataFormats();

    EventPrinter(Output output, boolean showsPii) {
        this.output = output;
        this.showsPii = showsPii;
    }

    /** Prints every event that these events know. */
    void connectTo(Events events) {
        events.signals().forEach(signal -> connect(events, signal));
    }

    private <T> void connect(Events events, Signal<T> signal) {
        events.connect(signal, "carillon.print", this::print);
    }

    private synchronized <T> void print(Event<T> event) {
        var json = formats.of(event.signal()).json();
        output.line(new JsonText()
                .put("event_type", event.signal().eventType())
                .putJson("metadata", event.metadata().toJson())
                .putJson("data", showsPii ? json.write(event.data()) : json.writeMasked(event.data()))
                .toString());
        output.flush();
    }
}
