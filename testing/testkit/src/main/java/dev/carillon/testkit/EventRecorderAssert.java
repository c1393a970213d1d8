package dev.carillon.testkit;

import dev.carillon.events.Event;
import dev.carillon.events.Signal;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on the events that a recorder has recorded so far, or {@link #eventually()} records. When one fails, the message
 * lists what was recorded instead. Data are printed by their {@code toString()}, so those that mask personal data stay masked: the logs of
 * tests are stored, too.
 */
public final class EventRecorderAssert extends AbstractAssert<EventRecorderAssert, EventRecorder> {

    private Duration timeout = Duration.ZERO;

    EventRecorderAssert(EventRecorder recorder) {
        super(recorder, EventRecorderAssert.class);
    }

    /**
     * Makes the assertions after this one wait, up to the {@linkplain EventRecorder#timeout(Duration) timeout} of the recorder, until
     * they hold. The negative ones do not wait.
     */
    public EventRecorderAssert eventually() {
        isNotNull();
        return within(actual.timeout());
    }

    /** As {@link #eventually()}, with another timeout. */
    public EventRecorderAssert within(Duration timeout) {
        isNotNull();
        this.timeout = timeout;
        return this;
    }

    /**
     * Checks that an event of this signal was recorded at least once. What follows narrows the choice.
     *
     * @throws IllegalArgumentException when the recorder does not record the signal
     */
    public <T> PublishedAssert<T> published(Signal<T> signal) {
        isNotNull();
        PublishedAssert<T> published = new PublishedAssert<>(this, actual, signal, timeout);
        published.as(info.description());
        return published.atLeastOnce();
    }

    /**
     * Checks that exactly events of these signals were recorded, in this order.
     *
     * @throws IllegalArgumentException when the recorder does not record one of them
     */
    public EventRecorderAssert publishedExactly(Signal<?>... signals) {
        isNotNull();
        List.of(signals).forEach(actual::events);
        List<Signal<?>> expected = List.of(signals);
        check(
                "exactly " + expected.stream().map(Signal::eventType).toList(),
                timeout,
                events -> events.size() >= expected.size(),
                events -> signalsOf(events).equals(expected));
        return this;
    }

    /**
     * Checks that no event of this signal was recorded so far.
     *
     * @throws IllegalArgumentException when the recorder does not record the signal
     */
    public EventRecorderAssert didNotPublish(Signal<?> signal) {
        isNotNull();
        actual.events(signal); // a recorder that does not record it proves nothing
        check(
                "no " + signal.eventType(),
                Duration.ZERO,
                events -> true,
                events -> !signalsOf(events).contains(signal));
        return this;
    }

    /** Checks that no event was recorded so far. */
    public EventRecorderAssert publishedNothing() {
        isNotNull();
        check("nothing", Duration.ZERO, events -> true, List::isEmpty);
        return this;
    }

    private void check(String what, Duration wait, Predicate<List<Event<?>>> done, Predicate<List<Event<?>>> right) {
        try {
            actual.await(what, wait, done, right);
        } catch (AssertionError e) {
            throw failure("%s", e.getMessage());
        }
    }

    private static List<Signal<?>> signalsOf(List<Event<?>> events) {
        return events.stream().<Signal<?>>map(Event::signal).toList();
    }
}
