package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.transport.TransportException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a consumer waits for a broker that is away: longer each time, saying so at once and then once a minute. */
public final class BrokerBackoff {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
    /** Where the first wait is set to nothing, so that a broker that is away is not asked without pause. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_WORDS = Duration.ofMinutes(1);

    private final Clock clock;
    private final Duration firstWait;
    private @Nullable Instant awaySince;
    private @Nullable Instant lastWord;
    private int failures;

    public BrokerBackoff(Clock clock, Duration firstWait) {
        this.clock = clock;
        this.firstWait = firstWait;
    }

    /** The broker failed; answers how long to wait. */
    public Duration failed(RuntimeException failure) {
        Instant now = clock.instant();
        if (awaySince == null) {
            awaySince = now;
        }
        Duration wait = nextWait();
        failures++;
        if (lastWord == null || Duration.between(lastWord, now).compareTo(BETWEEN_WORDS) >= 0) {
            lastWord = now;
            say(failure, wait);
        }
        return wait;
    }

    /** What a transport did not foresee is shown with its stack trace. */
    private void say(RuntimeException failure, Duration wait) {
        LOG.warn(
                "No success with the broker since {} ({} attempts); trying again, next in {} ms: {}",
                awaySince,
                failures,
                wait.toMillis(),
                failure instanceof TransportException ? String.valueOf(failure.getMessage()) : failure.toString(),
                failure instanceof TransportException ? null : failure);
    }

    private Duration nextWait() {
        Duration first = firstWait.compareTo(SHORTEST_WAIT) < 0 && failures > 0 ? SHORTEST_WAIT : firstWait;
        Duration wait = first.multipliedBy(1L << Math.min(failures, 16));
        Duration longest = firstWait.compareTo(LONGEST_WAIT) > 0 ? firstWait : LONGEST_WAIT;
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    /** The broker did what it was asked. */
    void answered() {
        Instant since = awaySince;
        if (since != null) {
            LOG.info(
                    "The broker answers again after {} s",
                    Duration.between(since, clock.instant()).toSeconds());
            awaySince = null;
            lastWord = null;
            failures = 0;
        }
    }
}
