package dev.carillon.bus.jdbc;

import java.time.Instant;
import java.util.UUID;

/**
 * An outbox row that could not be published and was dead-lettered: it stays in the table until it is redriven or discarded. The
 * event's data is not included.
 *
 * @param id the id of the row, for {@link OutboxRelay#redrive} and {@link OutboxRelay#discard}
 * @param eventId the event's own id
 * @param topic the topic, with its prefix
 * @param cause why the event could not be published
 * @param writtenAt when the event was written to the outbox, by the database's clock
 * @param blocking whether the events behind it with the same topic and key wait for it ({@link OnUnpublishable#BLOCK})
 */
public record DeadLetteredEvent(
        long id, UUID eventId, String eventType, String topic, String cause, Instant writtenAt, boolean blocking) {}
