package dev.carillon.bus;

import dev.carillon.events.Signal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a consumer reads and delivers. Immutable: each {@code with…} answers a copy.
 *
 * @param lanes how many events are delivered side by side. Events of one key keep their order, in one lane; one lane keeps
 *     the order of everything
 * @param batchSize at most this many messages are asked for at once
 * @param maxInFlight at most this many messages are in memory, read but not acknowledged
 * @param maxParked at most this many messages are parked: read and not acknowledged, but without their data in memory, because
 *     they wait behind an event of their key that is tried again, or are finished and wait for one before them that is not, where
 *     the broker keeps one position. While there are more, nothing is read
 * @param maxInFlightBytes no more is read while the data of held messages reach this size
 * @param startAt where a group begins that does not exist yet
 * @param maxEvents stop after so many events were delivered; 0: go on until told to stop. No more are read, also where some of
 *     them wait to be tried again
 * @param drainTimeout how long stopping waits for receivers that are at work; at most 365 days
 * @param consumerName this member's name in the group; null: the transport's choice
 * @param extra further options of the transport, as in the Python command's {@code --extra}
 * @param keyFields event type → dotted path of the event's key, where it is not the one in
 *     {@code EVENT_BUS_PRODUCER_CONFIG}. An event type without a key keeps the order of its topic
 * @param retries how often an event is tried again that a receiver failed on
 * @param retriesByType event type → another policy for its events
 * @param failurePolicy what becomes of an event that a receiver fails on for the last time
 * @param healthCheck whether the receivers can work, because what they need (their database, say) is there: while it says no,
 *     nothing is delivered, and no attempt counts. Called in a thread of its own; while it takes longer than five
 *     seconds, that counts as a no
 * @param healthCheckEvery how often it is asked at least
 * @param listener hears of losses
 */
public record ConsumerOptions(
        int lanes,
        int batchSize,
        int maxInFlight,
        int maxParked,
        long maxInFlightBytes,
        StartAt startAt,
        long maxEvents,
        Duration drainTimeout,
        @Nullable String consumerName,
        Map<String, Object> extra,
        Map<String, String> keyFields,
        RetryPolicy retries,
        Map<String, RetryPolicy> retriesByType,
        FailurePolicy failurePolicy,
        BooleanSupplier healthCheck,
        Duration healthCheckEvery,
        ConsumerListener listener) {

    private static final Duration LONGEST_DRAIN = Duration.ofDays(365);

    static final BooleanSupplier ALWAYS_HEALTHY = () -> true;

    private static final ConsumerOptions DEFAULTS = new ConsumerOptions(
            8,
            500,
            2_000,
            100_000,
            64L << 20,
            StartAt.latest(),
            0,
            Duration.ofSeconds(30),
            null,
            Map.of(),
            Map.of(),
            RetryPolicy.defaults(),
            Map.of(),
            FailurePolicy.deadLetters(),
            ALWAYS_HEALTHY,
            Duration.ofSeconds(1),
            incident -> {});

    /**
     * Checks each option.
     *
     * @throws IllegalArgumentException naming the option, its value and what it must be
     */
    public ConsumerOptions {
        atLeast("lanes", lanes, 1);
        atLeast("batchSize", batchSize, 1);
        atLeast("maxInFlight", maxInFlight, 1);
        atLeast("maxParked", maxParked, 1);
        atLeast("maxInFlightBytes", maxInFlightBytes, 1);
        atLeast("maxEvents", maxEvents, 0);
        if (drainTimeout.isNegative() || drainTimeout.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException(
                    "drainTimeout must be from PT0S to " + LONGEST_DRAIN + ", but was " + drainTimeout);
        }
        if (consumerName != null && consumerName.isBlank()) {
            throw new IllegalArgumentException("consumerName must not be blank");
        }
        extra = Map.copyOf(extra);
        keyFields = Map.copyOf(keyFields);
        retriesByType = Map.copyOf(retriesByType);
        if (healthCheckEvery.isNegative() || healthCheckEvery.isZero()) {
            throw new IllegalArgumentException("healthCheckEvery must be more than PT0S, but was " + healthCheckEvery);
        }
    }

    private static void atLeast(String option, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(option + " must be at least " + min + ", but was " + value);
        }
    }

    /** 8 lanes, a new group starts at the latest message, 5 attempts, then a dead letter, 30 s to drain. */
    public static ConsumerOptions defaults() {
        return DEFAULTS;
    }

    /** These options, with so many lanes. */
    public ConsumerOptions withLanes(int lanes) {
        return with(draft -> draft.lanes = lanes);
    }

    /** These options, with so many messages asked for at once. */
    public ConsumerOptions withBatchSize(int batchSize) {
        return with(draft -> draft.batchSize = batchSize);
    }

    /** These options, with so many messages held at most. */
    public ConsumerOptions withMaxInFlight(int maxInFlight) {
        return with(draft -> draft.maxInFlight = maxInFlight);
    }

    /** These options, with so many messages parked at most. */
    public ConsumerOptions withMaxParked(int maxParked) {
        return with(draft -> draft.maxParked = maxParked);
    }

    /** These options, with so many bytes held at most. */
    public ConsumerOptions withMaxInFlightBytes(long maxInFlightBytes) {
        return with(draft -> draft.maxInFlightBytes = maxInFlightBytes);
    }

    /** These options, with another start for a group that does not exist yet. */
    public ConsumerOptions withStartAt(StartAt startAt) {
        return with(draft -> draft.startAt = startAt);
    }

    /** These options, with an end after so many delivered events. */
    public ConsumerOptions withMaxEvents(long maxEvents) {
        return with(draft -> draft.maxEvents = maxEvents);
    }

    /** These options, with so long a wait for receivers when stopping. */
    public ConsumerOptions withDrainTimeout(Duration drainTimeout) {
        return with(draft -> draft.drainTimeout = drainTimeout);
    }

    /** These options, with this name in the group. */
    public ConsumerOptions withConsumerName(String consumerName) {
        return with(draft -> draft.consumerName = consumerName);
    }

    /** These options, with these options of the transport. */
    public ConsumerOptions withExtra(Map<String, Object> extra) {
        return with(draft -> draft.extra = extra);
    }

    /** These options, with the key of one event type at this dotted path, {@code certificate.user.id}. */
    public ConsumerOptions withKeyField(Signal<?> signal, String keyField) {
        KeyPath.of(signal, keyField);
        Map<String, String> more = new LinkedHashMap<>(keyFields);
        more.put(signal.eventType(), keyField);
        return with(draft -> draft.keyFields = more);
    }

    /** These options, with another retry policy. */
    public ConsumerOptions withRetries(RetryPolicy retries) {
        return with(draft -> draft.retries = retries);
    }

    /** These options, with another retry policy for one event type. */
    public ConsumerOptions withRetries(Signal<?> signal, RetryPolicy retries) {
        Map<String, RetryPolicy> more = new LinkedHashMap<>(retriesByType);
        more.put(signal.eventType(), retries);
        return with(draft -> draft.retriesByType = more);
    }

    /** These options, with a check that stops delivery while it says no. */
    public ConsumerOptions withHealthCheck(BooleanSupplier healthCheck, Duration every) {
        return with(draft -> {
            draft.healthCheck = healthCheck;
            draft.healthCheckEvery = every;
        });
    }

    /** These options, with another failure policy. */
    public ConsumerOptions withFailurePolicy(FailurePolicy failurePolicy) {
        return with(draft -> draft.failurePolicy = failurePolicy);
    }

    /** These options, with a listener. */
    public ConsumerOptions withListener(ConsumerListener listener) {
        return with(draft -> draft.listener = listener);
    }

    private ConsumerOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** Options on the way to others: all components are named here, and nowhere else once more. */
    private static final class Draft {
        private int lanes;
        private int batchSize;
        private int maxInFlight;
        private int maxParked;
        private long maxInFlightBytes;
        private StartAt startAt;
        private long maxEvents;
        private Duration drainTimeout;
        private @Nullable String consumerName;
        private Map<String, Object> extra;
        private Map<String, String> keyFields;
        private RetryPolicy retries;
        private Map<String, RetryPolicy> retriesByType;
        private FailurePolicy failurePolicy;
        private BooleanSupplier healthCheck;
        private Duration healthCheckEvery;
        private ConsumerListener listener;

        Draft(ConsumerOptions options) {
            lanes = options.lanes;
            batchSize = options.batchSize;
            maxInFlight = options.maxInFlight;
            maxParked = options.maxParked;
            maxInFlightBytes = options.maxInFlightBytes;
            startAt = options.startAt;
            maxEvents = options.maxEvents;
            drainTimeout = options.drainTimeout;
            consumerName = options.consumerName;
            extra = options.extra;
            keyFields = options.keyFields;
            retries = options.retries;
            retriesByType = options.retriesByType;
            failurePolicy = options.failurePolicy;
            healthCheck = options.healthCheck;
            healthCheckEvery = options.healthCheckEvery;
            listener = options.listener;
        }

        ConsumerOptions finished() {
            return new ConsumerOptions(
                    lanes,
                    batchSize,
                    maxInFlight,
                    maxParked,
                    maxInFlightBytes,
                    startAt,
                    maxEvents,
                    drainTimeout,
                    consumerName,
                    extra,
                    keyFields,
                    retries,
                    retriesByType,
                    failurePolicy,
                    healthCheck,
                    healthCheckEvery,
                    listener);
        }
    }
}
