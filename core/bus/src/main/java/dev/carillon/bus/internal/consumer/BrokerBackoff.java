package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.events.internal.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The exponential backoff of a consumer whose broker is unavailable. Logs the first failure, and then at most once a minute.
 * Not thread-safe.
 */
public final class BrokerBackoff {

    private static final Logger LOG = Loggers.CONSUMER;
    /** The minimum delay from the second failure on, when the initial delay is zero. Prevents a busy loop. */
    private static final Duration MIN_DELAY = Duration.ofMillis(1);

    private static final Duration MAX_DELAY = Duration.ofSeconds(30);
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final Clock clock;
    private final Duration initialDelay;
    private final Backoff backoff;
    private @Nullable Instant unavailableSince;
    private @Nullable Instant lastLogged;
    private int failures;

    public BrokerBackoff(Clock clock, Duration initialDelay) {
        this.clock = clock;
        this.initialDelay = initialDelay;
        this.backoff = Backoff.exponential(longer(initialDelay, MIN_DELAY), longer(initialDelay, MAX_DELAY));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** Records a failure of the broker. Returns how long to wait before the next attempt. */
    public Duration failed(RuntimeException failure) {
        Instant now = clock.instant();
        if (unavailableSince == null) {
            unavailableSince = now;
        }
        failures++;
        Duration delay = nextDelay();
        if (lastLogged == null || Duration.between(lastLogged, now).compareTo(LOG_INTERVAL) >= 0) {
            lastLogged = now;
            log(failure, delay);
        }
        return delay;
    }

    /** Logs unexpected exceptions with their stack trace. */
    private void log(RuntimeException failure, Duration delay) {
        LOG.warn(
                "Broker unavailable since {} ({} attempts); retrying in {} ms: {}",
                unavailableSince,
                failures,
                delay.toMillis(),
                failure instanceof TransportException ? String.valueOf(failure.getMessage()) : failure.toString(),
                failure instanceof TransportException ? null : failure);
    }

    private Duration nextDelay() {
        return failures == 1 ? initialDelay : backoff.delay(failures);
    }

    /** Records that the broker has responded. Resets the backoff. */
    void succeeded() {
        Instant since = unavailableSince;
        if (since != null) {
            LOG.info(
                    "Broker available again after {} s",
                    Duration.between(since, clock.instant()).toSeconds());
            unavailableSince = null;
            lastLogged = null;
            failures = 0;
        }
    }
}
