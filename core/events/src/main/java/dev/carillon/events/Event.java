package dev.carillon.events;

import static java.util.Objects.requireNonNull;

/**
 * One event as seen by a receiver.
 *
 * @param signal the definition of the event
 * @param data the event data, never null
 * @param metadata who sent it and when
 * @param fromBus whether it came from the event bus; such an event is never published to the bus again
 */
public record Event<T>(Signal<T> signal, T data, EventMetadata metadata, boolean fromBus) {

    /** Rejects null. */
    public Event {
        requireNonNull(signal, "signal");
        requireNonNull(data, "data");
        requireNonNull(metadata, "metadata");
    }

    /** Event type and id only: event data may contain personal data, and this text appears in logs. */
    @Override
    public String toString() {
        return "Event[" + signal.eventType() + ", id=" + metadata.id() + "]";
    }
}
