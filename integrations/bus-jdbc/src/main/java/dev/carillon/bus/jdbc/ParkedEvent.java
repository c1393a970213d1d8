package dev.carillon.bus.jdbc;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that could not be published, and waits for a decision; without its data.
 *
 * @param id the number of its row, for {@link OutboxRelay#release} and {@link OutboxRelay#discard}
 * @param eventId the event's own id
 * @param topic the full topic
 * @param cause why it could not be published
 * @param written when it was written to the outbox, by the database's clock
 * @param holding whether those behind it on its topic and key wait for it
 */
public record ParkedEvent(
        long id, UUID eventId, String eventType, String topic, String cause, Instant written, boolean holding) {}
