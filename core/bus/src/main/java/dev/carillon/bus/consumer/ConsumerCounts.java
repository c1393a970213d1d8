package dev.carillon.bus.consumer;

import dev.carillon.bus.transport.GroupIncident;

/**
 * What a consumer has done since it was created.
 *
 * @param received messages read from the broker
 * @param delivered events that receivers have handled, or have failed to handle for the last time
 * @param failed final failures of receivers; one event may have several
 * @param retried calls of receivers that were scheduled for a retry
 * @param deadLettered messages that became dead letters
 * @param undecodable messages that could not be decoded
 * @param unknownType messages with an event type that this service does not know
 * @param withoutReceiver messages for which this service has no receiver
 * @param acknowledged messages whose acknowledgement the broker has accepted
 * @param brokerErrors requests that the broker failed or refused
 * @param incidents losses and moves of the group, see {@link GroupIncident}
 * @param lost messages that left the broker before the group had handled them, as far as the number is known
 */
public record ConsumerCounts(
        long received,
        long delivered,
        long failed,
        long retried,
        long deadLettered,
        long undecodable,
        long unknownType,
        long withoutReceiver,
        long acknowledged,
        long brokerErrors,
        long incidents,
        long lost) {}
