package dev.carillon.avro;

import dev.carillon.events.Signal;
import org.jspecify.annotations.Nullable;

/**
 * The wire format of a signal's data, derived once from its classes.
 *
 * @param type the record of the data keys
 */
record EventShape<T>(Signal<T> signal, RecordType type) {

    static <T> EventShape<T> of(Signal<T> signal) {
        return new EventShape<>(signal, TypeDeriver.eventOf(signal));
    }

    String eventType() {
        return signal.eventType();
    }

    /** Casts the value to the data of the signal. Rejects values that only raw types or reflection let through. */
    @SuppressWarnings("unchecked") // the class is checked
    T require(@Nullable Object value) {
        Class<?> expected = signal.dataClass();
        if (value == null || !expected.isInstance(value)) {
            DataProblem problem = DataProblem.of("must be " + expected.getName() + ", but is "
                    + (value == null ? "null" : value.getClass().getName()));
            throw signal.dataKey().map(problem::inField).orElse(problem);
        }
        return (T) value;
    }
}
