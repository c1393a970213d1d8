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
 * Records the events of a service, from any thread, in the order in which they reach it.
 *
 * <pre>{@code
 * EventRecorder recorder = EventRecorder.of(events, CERTIFICATE_CREATED);
 * service.award(learner);
 * assertThat(recorder.await(CERTIFICATE_CREATED).data().user()).isEqualTo(learner);
 * }</pre>
 *
 * <p>The {@code await} methods return as soon as their condition holds. After ten seconds, or after another
 * {@linkplain #timeout(Duration) timeout}, they fail the test with an {@link AssertionError} that lists the recorded events.
 * Thread-safe.
 */
public final class EventRecorder implements AutoCloseable {

    private final Set<Signal<?>> signals = new LinkedHashSet<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Recording recording = new Recording();
    private volatile Duration timeout = Duration.ofSeconds(10);

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
     * Records, from now on, every signal that the service knows by name or has used. A consumer then decodes every event, since
     * each has a receiver.
     */
    public static EventRecorder ofAll(Events events) {
        Set<Signal<?>> all = new LinkedHashSet<>(events.signals().all());
        all.addAll(events.usedSignals());
        return new EventRecorder(events, all);
    }

    /** Sets how long the {@code await} methods wait from now on; ten seconds by default. */
    public EventRecorder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /** A copy of what was recorded so far. */
    public List<Event<?>> events() {
        return recording.all();
    }

    /**
     * A copy of what was recorded of one signal so far.
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
     * Waits for {@code count} events of any signal and returns them.
     *
     * @throws AssertionError when there were fewer in time, or more
     */
    public List<Event<?>> await(int count) {
        return recording.await(
                count + (count == 1 ? " event" : " events"),
                timeout,
                all -> all.size() >= count,
                all -> all.size() == count);
    }

    /**
     * Waits for one event of this signal and returns it.
     *
     * @throws AssertionError when there was none in time, or more than one
     * @throws IllegalArgumentException when this recorder does not record the signal
     */
    public <T> Event<T> await(Signal<T> signal) {
        return await(signal, 1).get(0);
    }

    /**
     * Waits for {@code count} events of this signal and returns them. Events of other signals do not count.
     *
     * @throws AssertionError when there were fewer in time, or more
     * @throws IllegalArgumentException when this recorder does not record the signal
     */
    public <T> List<Event<T>> await(Signal<T> signal, int count) {
        recorded(signal);
        return of(
                recording.await(
                        count + " of " + signal.eventType(),
                        timeout,
                        all -> of(all, signal).size() >= count,
                        all -> of(all, signal).size() == count),
                signal);
    }

    /**
     * Waits until the recorded events meet a condition and returns them.
     *
     * @param what what is awaited, for the message, such as {@code "a certificate for each learner"}
     * @param condition called with a copy of everything recorded so far, again after each event
     * @throws AssertionError when it did not become true in time
     */
    public List<Event<?>> await(String what, Predicate<List<Event<?>>> condition) {
        return recording.await(what, timeout, condition, condition);
    }

    /**
     * Checks that nothing was recorded so far.
     *
     * @throws AssertionError that lists what was recorded
     */
    public void assertNothing() {
        recording.await("nothing", Duration.ZERO, all -> true, List::isEmpty);
    }

    /** Forgets what was recorded so far. */
    public void clear() {
        recording.clear();
    }

    /** Stops recording. What was recorded stays available. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::disconnect);
    }

    Duration timeout() {
        return timeout;
    }

    /** Waits for {@code done}, then checks {@code right}. */
    void await(String what, Duration timeout, Predicate<List<Event<?>>> done, Predicate<List<Event<?>>> right) {
        recording.await(what, timeout, done, right);
    }

    private <T> Signal<T> recorded(Signal<T> signal) {
        if (!signals.contains(signal)) {
            throw new IllegalArgumentException(
                    "This recorder does not record " + signal.eventType() + ": name it in EventRecorder.of(…)");
        }
        return signal;
    }

    @SuppressWarnings("unchecked") // an event's data are of its signal's data class
    static <T> List<Event<T>> of(List<Event<?>> events, Signal<T> signal) {
        List<Event<T>> found = new ArrayList<>();
        for (Event<?> event : events) {
            if (event.signal().equals(signal)) {
                found.add((Event<T>) event);
            }
        }
        return found;
    }
}
