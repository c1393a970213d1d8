package dev.carillon.cli;

import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.Iterator;
import java.util.stream.Stream;

/** What shells offer where an event is to be named: event types, and Python paths. */
final class EventNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        Signals signals = Signals.discovered();
        return Stream.concat(
                        signals.all().stream().map(Signal::eventType),
                        signals.all().stream().flatMap(signal -> signal.pythonPath().stream()))
                .iterator();
    }
}
