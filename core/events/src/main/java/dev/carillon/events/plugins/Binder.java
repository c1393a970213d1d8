package dev.carillon.events.plugins;

import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import dev.carillon.events.UnknownSignalException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the signal and the method of each declared receiver. Runs no code of a plugin. */
final class Binder {

    private final Signals signals;
    private final ClassLoader classPath;
    private final Problems problems;
    private final Map<Object, String> placeOfUid = new HashMap<>();

    Binder(Events events, ClassLoader classPath, Problems problems) {
        this.signals = signals(events);
        this.classPath = classPath;
        this.problems = problems;
    }

    /** The signals that the service uses, and those that it knows by name. */
    private static Signals signals(Events events) {
        Map<String, Signal<?>> byType = new LinkedHashMap<>();
        events.signals().forEach(signal -> byType.put(signal.eventType(), signal));
        events.usedSignals().forEach(signal -> byType.put(signal.eventType(), signal));
        return Signals.of(byType.values());
    }

    /** The declarations that can be bound, in order. */
    List<Binding> bind(List<Declaration> declarations) {
        List<Binding> bindings = new ArrayList<>();
        for (Declaration declaration : declarations) {
            @Nullable Signal<?> signal = signal(declaration);
            try {
                @Nullable ReceiverMethod method = ReceiverMethods.find(declaration, signal, classPath);
                if (signal != null && method != null && isFirst(declaration, signal)) {
                    bindings.add(new Binding(declaration, signal, method));
                }
            } catch (ReceiverMethods.InvalidReceiverException e) {
                problems.add(declaration.place(), String.valueOf(e.getMessage()));
            }
        }
        return bindings;
    }

    private @Nullable Signal<?> signal(Declaration declaration) {
        try {
            return signals.get(declaration.signalPath());
        } catch (UnknownSignalException e) {
            problems.add(declaration.place(), "'signal_path': " + e.getMessage());
            return null;
        }
    }

    /** A second receiver with the same id would be dropped silently. */
    private boolean isFirst(Declaration declaration, Signal<?> signal) {
        String first =
                placeOfUid.putIfAbsent(List.of(signal.eventType(), declaration.dispatchUid()), declaration.place());
        if (first != null) {
            problems.add(
                    declaration.place(),
                    "dispatch_uid '" + declaration.dispatchUid() + "' is taken, for " + signal.eventType() + ", by "
                            + first);
        }
        return first == null;
    }
}
