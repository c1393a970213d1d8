package dev.carillon.bus;

import dev.carillon.bus.spi.OutgoingMessage;
import dev.carillon.events.EventMetadata;

/**
 * An event on its way to the broker: what {@link EventProducer#encode} answers and {@link EventProducer#send(EncodedEvent)} takes.
 *
 * @param metadata the event's metadata
 * @param message what goes to the broker
 */
public record EncodedEvent(EventMetadata metadata, OutgoingMessage message) {

    /** Which event it is, and where to; never its data. */
    @Override
    public String toString() {
        return metadata.eventType() + " " + metadata.id() + " to " + message.topic();
    }
}
