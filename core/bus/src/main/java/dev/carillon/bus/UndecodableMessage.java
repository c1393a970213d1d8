package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;

/**
 * A message that is no event: bad headers, or data that do not fit their schema.
 *
 * @param group the consumer group
 * @param message the message as it came
 * @param problem what is wrong with it; without its data
 */
public record UndecodableMessage(String group, IncomingMessage message, String problem) {}
