package dev.carillon.bus.jdbc;

import dev.carillon.bus.Outbox.EncodedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A row that waits to be published.
 *
 * @param event the event; null when the row does not hold one that can be read
 */
record OutboxRow(long id, long lane, String topic, @Nullable EncodedEvent event) {}
