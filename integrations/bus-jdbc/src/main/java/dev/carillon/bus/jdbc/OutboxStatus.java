package dev.carillon.bus.jdbc;

import java.time.Duration;
import java.util.Optional;

/**
 * How an outbox stands.
 *
 * @param waiting events that are to be published
 * @param held those of them that wait for one that is parked ({@link OnUnpublishable#HOLD})
 * @param parked events that cannot be published, and wait for a decision
 * @param oldestAge how long the oldest of those waiting has waited, by the database's clock; empty when none waits
 * @param active whether it is this relay that publishes now; others stand by
 */
public record OutboxStatus(long waiting, long held, long parked, Optional<Duration> oldestAge, boolean active) {}
