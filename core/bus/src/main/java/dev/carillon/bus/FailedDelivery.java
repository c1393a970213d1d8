package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.EventMetadata;

/**
 * A receiver that threw on an event from the bus.
 *
 * @param group the consumer group
 * @param message the message as it came
 * @param metadata the event's metadata
 * @param receiverName the receiver
 * @param cause what it threw
 */
public record FailedDelivery(
        String group, IncomingMessage message, EventMetadata metadata, String receiverName, Throwable cause) {}
