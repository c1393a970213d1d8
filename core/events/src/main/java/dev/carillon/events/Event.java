package dev.carillon.events;

import static java.util.Objects.requireNonNull;

/**
 * One event as a receiver sees it.
 *
 * @param signal the definition of the event
 * @param data the event data, never null
 * @param metadata who sent it, and when
 * @param fromBus whether it came over the event bus: such an event is never published there again
 */
public record Event<T>(Signal<T> signal, T data, EventMetadata metadata, boolean fromBus) {

    /** Refuses null. */
    public Event {
        requireNonNull(signal, "signal");
        requireNonNull(data, "data");
        requireNonNull(metadata, "metadata");
    }

    /** Event type and id only: event data may hold personal data, and this text reaches logs. */
    @Override
    public String toString() {
        return "Event[" + signal.eventType() + ", id=" + metadata.id() + "]";
    }
}
