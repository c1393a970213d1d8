package dev.carillon.testkit;

import dev.carillon.events.Event;
import dev.carillon.events.Masked;
import dev.carillon.events.Signal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the recorded events of one signal. {@code withData} and its relatives narrow the events; {@code once} and
 * {@code times} count those that are left. So {@code once().withData(x)} means that there is one event and it has these data, and
 * {@code withData(x).once()} that one of the events has these data.
 *
 * @param <T> the class of the event data
 */
public final class PublishedAssert<T> extends AbstractAssert<PublishedAssert<T>, EventRecorder> {

    private final EventRecorderAssert parent;
    private final Signal<T> signal;
    private final Duration timeout;
    private Predicate<Event<T>> filter = event -> true;
    private String filtered = "";

    PublishedAssert(EventRecorderAssert parent, EventRecorder recorder, Signal<T> signal, Duration timeout) {
        super(recorder, PublishedAssert.class);
        this.parent = parent;
        this.signal = signal;
        this.timeout = timeout;
        recorder.events(signal); // refuses a signal that is not recorded
    }

    /** Keeps the events with data that are equal to these, of which there must be one. */
    public PublishedAssert<T> withData(T data) {
        return keep(
                " with the data " + (data instanceof Record record ? Masked.toString(record) : data),
                event -> event.data().equals(data),
                data);
    }

    /** Keeps the events whose data meet this condition, of which there must be one. {@code what} names it in the message. */
    public PublishedAssert<T> withDataMatching(String what, Predicate<? super T> condition) {
        return keep(" with " + what, event -> condition.test(event.data()), null);
    }

    /** Keeps the events with data for which these assertions do not fail, of which there must be one. */
    public PublishedAssert<T> withDataSatisfying(Consumer<? super T> assertions) {
        return keep(" with data that satisfy the assertions", event -> satisfies(event.data(), assertions), null);
    }

    /** Keeps the events that came from the bus, of which there must be one. */
    public PublishedAssert<T> fromBus() {
        return keep(" from the bus", Event::fromBus, null);
    }

    /** Checks that one event is left. */
    public PublishedAssert<T> once() {
        return times(1);
    }

    /** Checks that this many events are left. */
    public PublishedAssert<T> times(int count) {
        check(count + " of ", events -> events.size() >= count, events -> events.size() == count, null);
        return this;
    }

    /** Back to all recorded events, for assertions on other signals. */
    public EventRecorderAssert and() {
        return parent;
    }

    /** The first event that is left. */
    public Event<T> event() {
        return kept(actual.events()).get(0);
    }

    PublishedAssert<T> atLeastOnce() {
        check("", events -> !events.isEmpty(), events -> !events.isEmpty(), null);
        return this;
    }

    private PublishedAssert<T> keep(String what, Predicate<Event<T>> condition, @Nullable Object expected) {
        Predicate<Event<T>> before = filter;
        filter = event -> before.test(event) && condition.test(event);
        filtered += what;
        check("", events -> !events.isEmpty(), events -> !events.isEmpty(), expected);
        return this;
    }

    private void check(
            String count, Predicate<List<Event<T>>> done, Predicate<List<Event<T>>> right, @Nullable Object expected) {
        try {
            actual.await(
                    count + signal.eventType() + filtered,
                    timeout,
                    events -> done.test(kept(events)),
                    events -> right.test(kept(events)));
        } catch (AssertionError e) {
            throw failure("%s", e.getMessage() + (expected == null ? "" : differences(expected)));
        }
    }

    /** Where the data differ, because masked data are printed alike. */
    private String differences(Object expected) {
        StringBuilder text = new StringBuilder();
        List<Event<T>> events = actual.events(signal);
        for (int i = 0; i < events.size(); i++) {
            List<String> paths = DataDifferences.between(expected, events.get(i).data());
            if (!paths.isEmpty()) {
                text.append("\nDifferent in ").append(events.size() == 1 ? "" : "no. " + (i + 1) + " of this signal: ");
                text.append(String.join(", ", paths));
            }
        }
        return text.toString();
    }

    private List<Event<T>> kept(List<Event<?>> events) {
        return EventRecorder.of(events, signal).stream().filter(filter).toList();
    }

    private static <T> boolean satisfies(T data, Consumer<? super T> assertions) {
        try {
            assertions.accept(data);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
