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
 * The exponential backoff of a consumer whose broker is unavailable, or whose transport fails unexpectedly. Logs the first failure,
 * and then at most once a minute. Not thread-safe.
 */
public final class BrokerBackoff {

    private static final Logger LOG = Loggers.CONSUMER;
    /** The minimum delay from the second failure on, when the initial delay is zero. Prevents a busy loop. */
    private static final Duration MIN_DELAY = Duration.ofMillis(1);

    /** A consumer reads again within five seconds of the broker's return. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(4);

    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final Clock clock;
    private final Duration initialDelay;
    private final Backoff backoff;
    private @Nullable Instant failingSince;
    private @Nullable Instant lastLogged;
    private int failures;
    /** Whether the broker, rather than something unexpected, caused the last failure. */
    private boolean isBroker;

    public BrokerBackoff(Clock clock, Duration initialDelay) {
        this.clock = clock;
        this.initialDelay = initialDelay;
        this.backoff = Backoff.exponential(longer(initialDelay, MIN_DELAY), longer(initialDelay, MAX_DELAY));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** Records a failure. Returns how long to wait before the next attempt. */
    public Duration failed(RuntimeException failure) {
        Instant now = clock.instant();
        if (failingSince == null) {
            failingSince = now;
        }
        failures++;
        isBroker = failure instanceof TransportException;
        Duration delay = nextDelay();
        if (lastLogged == null || Duration.between(lastLogged, now).compareTo(LOG_INTERVAL) >= 0) {
            lastLogged = now;
            log(failure, delay);
        }
        return delay;
    }

    private void log(RuntimeException failure, Duration delay) {
        if (failure instanceof TransportException) {
            LOG.warn(
                    "Broker unavailable since {} ({} attempts); retrying in {} ms: {}",
                    failingSince,
                    failures,
                    delay.toMillis(),
                    failure.getMessage());
        } else {
            LOG.warn(
                    "Unexpected failure since {} ({} attempts); retrying in {} ms",
                    failingSince,
                    failures,
                    delay.toMillis(),
                    failure);
        }
    }

    private Duration nextDelay() {
        return failures == 1 ? initialDelay : backoff.delay(failures);
    }

    /** Records that an attempt succeeded. Resets the backoff. */
    void succeeded() {
        Instant since = failingSince;
        if (since != null) {
            LOG.info(
                    "{} again after {} s",
                    isBroker ? "Broker available" : "Working",
                    Duration.between(since, clock.instant()).toSeconds());
            failingSince = null;
            lastLogged = null;
            failures = 0;
        }
    }
}
