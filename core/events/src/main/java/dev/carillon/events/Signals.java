package dev.carillon.events;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A set of signals with lookup by event type or Python path. Immutable. */
public final class Signals implements Iterable<Signal<?>> {

    private final Map<String, Signal<?>> byEventType = new LinkedHashMap<>();
    private final Map<String, Signal<?>> byPythonPath = new HashMap<>();

    private Signals(Iterable<? extends Signal<?>> signals) {
        for (Signal<?> signal : signals) {
            Signal<?> other = byEventType.putIfAbsent(signal.eventType(), signal);
            if (other != null && !other.equals(signal)) {
                throw Signal.conflict(other, signal);
            }
            signal.pythonPath().ifPresent(path -> addPath(path, signal));
        }
    }

    private void addPath(String path, Signal<?> signal) {
        Signal<?> other = byPythonPath.putIfAbsent(path, signal);
        if (other != null && !other.equals(signal)) {
            throw new IllegalArgumentException("Two signals have the Python path " + path + ": " + other.eventType()
                    + " and " + signal.eventType());
        }
    }

    /**
     * A set of these signals.
     *
     * @throws IllegalArgumentException when two different signals have the same event type or Python path
     */
    public static Signals of(Collection<? extends Signal<?>> signals) {
        return new Signals(signals);
    }

    /**
     * A set of these signals.
     *
     * @throws IllegalArgumentException when two different signals have the same event type or Python path
     */
    public static Signals of(Signal<?>... signals) {
        return new Signals(List.of(signals));
    }

    /**
     * The signals of every {@link SignalProvider} on the class path, Carillon's catalog among them.
     *
     * @throws IllegalArgumentException when two providers define the same event type or Python path differently
     */
    public static Signals discovered() {
        return new Signals(ServiceLoader.load(SignalProvider.class, classLoader()).stream()
                .<Signal<?>>flatMap(provider -> provider.get().signals().stream())
                .toList());
    }

    private static ClassLoader classLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Signals.class.getClassLoader() : context;
    }

    /**
     * These signals and one more.
     *
     * @throws IllegalArgumentException when a different signal has its event type or Python path
     */
    public Signals and(Signal<?> signal) {
        return new Signals(
                Stream.concat(byEventType.values().stream(), Stream.of(signal)).toList());
    }

    /** The signal of this event type or Python path. */
    public Optional<Signal<?>> find(String eventTypeOrPath) {
        @Nullable Signal<?> signal = byEventType.get(eventTypeOrPath);
        return Optional.ofNullable(signal != null ? signal : byPythonPath.get(eventTypeOrPath));
    }

    /**
     * The signal of this event type or Python path.
     *
     * @throws UnknownSignalException naming the nearest known ones
     */
    public Signal<?> get(String eventTypeOrPath) {
        return find(eventTypeOrPath)
                .orElseThrow(() -> new UnknownSignalException(
                        eventTypeOrPath,
                        Stream.concat(byEventType.keySet().stream(), byPythonPath.keySet().stream())
                                .toList()));
    }

    /** The number of signals. */
    public int size() {
        return byEventType.size();
    }

    /** Every signal, in the order given. */
    public Collection<Signal<?>> all() {
        return Collections.unmodifiableCollection(byEventType.values());
    }

    @Override
    public Iterator<Signal<?>> iterator() {
        return all().iterator();
    }
}
