package dev.carillon.catalog.internal;

import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The signals of one Python module, in the order in which they are defined. Filled while the class with its constants is loaded. */
public final class SignalGroup {

    private final String pythonModule;
    private final List<Signal<?>> signals = new ArrayList<>();

    /** An empty group for a module such as {@code openedx_events.learning.signals}. */
    public SignalGroup(String pythonModule) {
        this.pythonModule = pythonModule;
    }

    /** Defines a signal, whose name is that of its constant in Python. */
    public <T> Signal<T> signal(String name, String eventType, String dataKey, Class<T> dataClass) {
        return add(define(name, eventType, dataKey, dataClass));
    }

    /** As {@link #signal}, for a signal that is never published, with the reason. */
    public <T> Signal<T> inProcessSignal(
            String name, String eventType, String dataKey, Class<T> dataClass, String reason) {
        return add(define(name, eventType, dataKey, dataClass).inProcessOnly(reason));
    }

    private <T> Signal<T> define(String name, String eventType, String dataKey, Class<T> dataClass) {
        return Signal.of(eventType, dataKey, dataClass).withPythonPath(pythonModule + "." + name);
    }

    private <T> Signal<T> add(Signal<T> signal) {
        signals.add(signal);
        return signal;
    }

    /** The signals of this group; cannot be modified. */
    public List<Signal<?>> all() {
        return Collections.unmodifiableList(signals);
    }
}
