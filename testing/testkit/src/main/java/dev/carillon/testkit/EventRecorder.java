package dev.carillon.testkit;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Records the events that are sent in a service, from any thread, in the order in which they reach it.
 *
 * <pre>{@code
 * EventRecorder recorder = EventRecorder.of(events, CERTIFICATE_CREATED);
 * service.award(learner);
 * assertThat(recorder.await(CERTIFICATE_CREATED).data().user()).isEqualTo(learner);
 * }</pre>
 *
 * <p>Waiting ends as soon as what is awaited is there. What does not come within ten seconds, or within
 * {@link #patience(Duration) another time}, fails the test with an {@link AssertionError} that lists what did come.
 * Thread-safe.
 */
public final class EventRecorder implements AutoCloseable {

    private final Set<Signal<?>> signals = new LinkedHashSet<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Recording recording = new Recording();
    private volatile Duration patience = Duration.ofSeconds(10);

    private EventRecorder(Events events, Iterable<? extends Signal<?>> signals) {
        for (Signal<?> signal : signals) {
            if (this.signals.add(signal)) {
                subscriptions.add(connect(events, signal));
            }
        }
    }

    private <T> Subscription connect(Events events, Signal<T> signal) {
        return events.connect(signal, recording::add);
    }

    /** Records these signals from now on. */
    public static EventRecorder of(Events events, Signal<?>... signals) {
        return new EventRecorder(events, List.of(signals));
    }

    /**
     * Records every signal that the service knows by name or has used, from now on. On a consumer this means that every event is
     * decoded, since now each has a receiver.
     */
    public static EventRecorder ofAll(Events events) {
        Set<Signal<?>> all = new LinkedHashSet<>(events.signals().all());
        all.addAll(events.usedSignals());
        return new EventRecorder(events, all);
    }

    /** How long the {@code await} methods wait, from now on; ten seconds unless set. */
    public EventRecorder patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    /** What was recorded so far. A copy. */
    public List<Event<?>> events() {
        return recording.all();
    }

    /**
     * What was recorded of one signal so far. A copy.
     *
     * @throws IllegalArgumentException when this recorder does not record the signal
     */
    public <T> List<Event<T>> events(Signal<T> signal) {
        return of(recording.all(), recorded(signal));
    }

    /**
     * The data of what was recorded of one signal so far. A copy.
     *
     * @throws IllegalArgumentException when this recorder does not record the signal
     */
    public <T> List<T> data(Signal<T> signal) {
        return events(signal).stream().map(Event::data).toList();
    }

    /**
     * Waits for {@code count} events of whatever signal, and answers them.
     *
     * @throws AssertionError when fewer came in time, or more
     */
    public List<Event<?>> await(int count) {
        return recording.await(
                count + (count == 1 ? " event" : " events"),
                patience,
                all -> all.size() >= count,
                all -> all.size() == count);
    }

    /**
     * Waits for one event of this signal, and answers it.
     *
     * @throws AssertionError when none came in time, or more than one
     * @throws IllegalArgumentException when this recorder does not record the signal
     */
    public <T> Event<T> await(Signal<T> signal) {
        return await(signal, 1).get(0);
    }

    /**
     * Waits for {@code count} events of this signal, and answers them. Those of other signals do not count.
     *
     * @throws AssertionError when fewer came in time, or more
     * @throws IllegalArgumentException when this recorder does not record the signal
     */
    public <T> List<Event<T>> await(Signal<T> signal, int count) {
        recorded(signal);
        return of(
                recording.await(
                        count + " of " + signal.eventType(),
                        patience,
                        all -> of(all, signal).size() >= count,
                        all -> of(all, signal).size() == count),
                signal);
    }

    /**
     * Waits until the recorded events are as they should be, and answers them.
     *
     * @param what what is awaited, for the message, such as {@code "a certificate for each learner"}
     * @param condition is given a copy of everything recorded so far, again after each event
     * @throws AssertionError when it did not become true in time
     */
    public List<Event<?>> await(String what, Predicate<List<Event<?>>> condition) {
        return recording.await(what, patience, condition, condition);
    }

    /**
     * Checks that nothing was recorded so far.
     *
     * @throws AssertionError listing what was
     */
    public void assertNothing() {
        recording.await("nothing", Duration.ZERO, all -> true, List::isEmpty);
    }

    /** Forgets what was recorded so far. */
    public void clear() {
        recording.clear();
    }

    /** Stops recording; what was recorded stays. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::disconnect);
    }

    private <T> Signal<T> recorded(Signal<T> signal) {
        if (!signals.contains(signal)) {
            throw new IllegalArgumentException(
                    "This recorder does not record " + signal.eventType() + ": name it in EventRecorder.of(…)");
        }
        return signal;
    }

    @SuppressWarnings("unchecked") // an event's data are of its signal's data class
    private static <T> List<Event<T>> of(List<Event<?>> events, Signal<T> signal) {
        List<Event<T>> found = new ArrayList<>();
        for (Event<?> event : events) {
            if (event.signal().equals(signal)) {
                found.add((Event<T>) event);
            }
        }
        return found;
    }
}
