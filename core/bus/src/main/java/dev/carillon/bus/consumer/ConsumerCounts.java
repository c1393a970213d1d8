package dev.carillon.bus.consumer;

import dev.carillon.bus.transport.GroupIncident;

/**
 * What a consumer has done since it was made.
 *
 * @param received messages read from the broker
 * @param delivered events that the receivers were called with
 * @param failed receivers that failed on an event for the last time; one event may have several
 * @param retried times that receivers were to be called again
 * @param deadLettered messages that became dead letters
 * @param undecodable messages that could not be read
 * @param unknownType messages of an event type that this service does not know
 * @param withoutReceiver messages that no receiver here wants
 * @param acknowledged messages that are finished with, as the broker knows: it has taken their acknowledgement
 * @param brokerErrors times that the broker did not do what it was asked
 * @param incidents losses and moves of the group, see {@link GroupIncident}
 * @param lost messages that left the broker before the group had finished them, as far as their number is known
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
