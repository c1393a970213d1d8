package dev.carillon.bus.jdbc;

import java.time.Duration;
import java.util.Optional;

/**
 * A snapshot of an outbox.
 *
 * @param waiting events that are still to be published
 * @param blocked how many of the waiting events are behind a dead-lettered one ({@link OnUnpublishable#BLOCK})
 * @param deadLettered events that could not be published, and are neither redriven nor discarded yet
 * @param oldestAge how long the oldest waiting event has waited, by the database's clock; empty when none waits
 * @param active whether this relay is the one that publishes; the others stand by
 */
public record OutboxStatus(
        long waiting, long blocked, long deadLettered, Optional<Duration> oldestAge, boolean active) {}
